"""The corpus in other forms: ``python -m seeds.tools.export FOLDER``.

``quoteminer/SPLIT.LANGUAGE.jsonl`` is the JSON form of quoteminer; ``hub/`` a dataset as model hubs expect it: JSON Lines by language and
part with strings beside the offsets, so that nobody needs quoteminer, and a card that declares them.
"""

from __future__ import annotations

import json
import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from quoteminer import Claim, Document, Extraction, Quote, Speaker

from .statistics import records
from .writers import SPLITS

_NAMES: Final = {"en": "English", "de": "German", "fr": "French", "es": "Spanish"}


def extraction(record: dict[str, Any]) -> Extraction:
    """A record as quoteminer has it: as if it had been mined without a mistake."""
    meta = record["meta"]
    document = Document(
        record["text"],
        id=record["id"],
        language=record["lang"],
        metadata={
            "genre": meta["style"],
            "writer": meta["writer"],
            "split": meta["split"],
            "claims": record["claims"] is not None,
        },
    )
    ids: dict[str, str] = {}
    speakers: list[Speaker] = []
    for entity in record["entities"]:
        ids[entity["name"]] = entity["id"]
        speakers.append(
            Speaker(
                entity["id"], entity["name"], role=entity["role"], kind=entity.get("kind", "unknown"), mentions=entity["mentions"]
            )
        )
    for name in dict.fromkeys(quote["addressee"] for quote in record["quotes"] if quote["addressee"]):
        if name not in ids:
            ids[name] = f"e{len(speakers) + 1}"
            speakers.append(Speaker(ids[name], name))
    quotes = [
        Quote(
            quote["content"],
            quote["kind"],
            cue=quote["cue"],
            # A few have two mentions, before and behind; the first stands for both.
            source=quote["source"][0] if quote["source"] else None,
            speaker=ids.get(quote["speaker"]),
            addressee=ids.get(quote["addressee"]),
            parent=quote["nested_in"],
            modality=quote["modality"] or "asserted",
            id=quote["id"],
        )
        for quote in record["quotes"]
    ]
    claims = [
        Claim(
            claim["span"],
            claim["label"],
            claimant=ids.get(claim["claimant"]),
            quote=claim["in_quote"],
            check_worthiness=float(claim["score"]),
            id=claim["id"],
        )
        for claim in record["claims"] or ()
    ]
    said = {item for quote in quotes for item in (quote.speaker, quote.addressee)} | {claim.claimant for claim in claims}
    return Extraction(document, quotes=quotes, claims=claims, speakers=[speaker for speaker in speakers if speaker.id in said])


def row(record: dict[str, Any]) -> dict[str, Any]:
    """A record in which every span has its words beside it; all rows have the same columns."""
    text = record["text"]

    def spans(value: list[list[int]]) -> list[dict[str, Any]]:
        return [{"start": start, "end": end, "text": text[start:end]} for start, end in value]

    meta = record["meta"]
    return {
        "id": record["id"],
        "language": record["lang"],
        "genre": meta["style"],
        "writer": meta["writer"],
        "text": text,
        "quotes": [
            {**quote, **{field: spans(quote[field]) for field in ("content", "cue", "source")}} for quote in record["quotes"]
        ],
        "has_claims": record["claims"] is not None,
        "claims": [{**claim, "span": spans(claim["span"])} for claim in record["claims"] or ()],
        "entities": [{**entity, "mentions": spans(entity["mentions"])} for entity in record["entities"]],
    }


def card(languages: list[str]) -> str:
    """The head and the words of a dataset's README."""
    configurations = "".join(
        f"- config_name: {language}\n  data_files:\n"
        + "".join(f"  - split: {name}\n    path: {language}/{split}.jsonl\n" for split, name in _HUB_SPLITS.items())
        for language in languages
    )
    return f"""---
license: cc0-1.0
language: [{", ".join(languages)}]
task_categories: [token-classification, text-classification]
tags: [quotation, attribution, claims, fact-checking, synthetic]
pretty_name: quoteminer seeds
configs:
{configurations}---

# quoteminer seeds

Invented texts in {", ".join(_NAMES.get(language, language) for language in languages)} with their quotations (content, cue, source, speaker, addressee, nesting, modality) and, where `has_claims`
says so, the claims in them. A language model wrote and annotated them in many writer profiles; agreement is between passes of it, not between people.
Offsets count code points. They say nothing on how people write. The data card of the project says how they were made.
"""


#: Hubs know a part for tuning as that for validation.
_HUB_SPLITS: Final = dict(zip(SPLITS, ("train", "validation", "test"), strict=True))


def files() -> Iterator[tuple[str, str]]:
    """Path and content of every file of the export."""
    by_part: defaultdict[tuple[str, str], list[dict[str, Any]]] = defaultdict(list)
    for record in records():
        by_part[record["lang"], record["meta"]["split"]].append(record)
    for (language, split), found in by_part.items():
        yield f"quoteminer/{split}.{language}.jsonl", "".join(extraction(record).to_json() + "\n" for record in found)
        yield f"hub/{language}/{split}.jsonl", "".join(json.dumps(row(record), ensure_ascii=False) + "\n" for record in found)
    yield "hub/README.md", card(list(dict.fromkeys(language for language, _ in by_part)))


def main(arguments: list[str]) -> int:
    """Write the export into a folder."""
    if len(arguments) != 1 or arguments[0].startswith("-"):
        print(__doc__)
        return 2
    for name, content in files():
        path = Path(arguments[0]) / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
