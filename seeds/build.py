"""Makes ``NAME.txt`` and ``NAME.gold.jsonl`` from ``src/NAME.markup``.

    python seeds/build.py            # write all
    python seeds/build.py --check    # fail when a committed file differs

A markup file has a header (``style: wire``, then a line for each speaker: ``@R = Mark Rutte | NATO Secretary General``), a line
``---``, the text with tags, and perhaps a line ``%%`` with facts. Tags:

    <c1d>…</c>     content of quote 1: d direct, i indirect, m mixed; <c1>…</c> repeats for its further spans
    <u1>…</u>      cue of quote 1
    <s1=R>…</s>    source mention of quote 1 and its speaker; <s1,2=R> for two quotes
    facts          "2 by=R to=reporters in=1 mod=negated": speaker without mention, addressee, enclosing quote, modality
"""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path
from typing import Any, Final

HERE: Final = Path(__file__).resolve().parent
_TAG: Final = re.compile(r"<(?P<open>[cus])(?P<numbers>\d+(?:,\d+)*)(?P<kind>[dim])?(?:=(?P<key>\w+))?>|</(?P<close>[cus])>")
_KINDS: Final = {"d": "direct", "i": "indirect", "m": "mixed"}


class MarkupError(ValueError):
    """A markup file is wrong; the message names file and quote."""


def convert(markup: str, name: str) -> tuple[str, dict[str, Any]]:
    """Text and gold of one markup file.

    Raises:
        MarkupError: for unbalanced or empty tags, white space at edges, unknown keys, doubled or missing parts.
    """
    header, _, rest = markup.partition("\n---\n")
    body, _, facts = rest.partition("\n%%\n")
    if not body:
        raise MarkupError(f"{name}: no line '---' after the header")
    style, keys = _header(header, name)
    quotes: dict[int, dict[str, Any]] = {}
    mentions: dict[str, list[list[int]]] = {key: [] for key in keys}
    pieces: list[str] = []
    stack: list[tuple[str, list[int], str | None, str | None, int]] = []
    at = length = 0
    for tag in _TAG.finditer(body):
        pieces.append(body[at : tag.start()])
        length += tag.start() - at
        at = tag.end()
        if tag["open"]:
            stack.append((tag["open"], [int(n) for n in tag["numbers"].split(",")], tag["kind"], tag["key"], length))
            continue
        index = next((i for i in range(len(stack) - 1, -1, -1) if stack[i][0] == tag["close"]), None)
        if index is None:
            raise MarkupError(f"{name}: {tag.group()} closes nothing near {body[max(0, at - 60) : at]!r}")
        letter, numbers, kind, key, start = stack.pop(index)
        span = [start, length]
        words = "".join(pieces)[start:length]
        if not words.strip() or words != words.strip():
            raise MarkupError(f"{name}: span {words!r} of quote {numbers} is empty or has white space at an edge")
        for number in numbers:
            quote = quotes.setdefault(
                number,
                {"id": f"q{number}", "kind": None, "content": [], "cue": [], "source": [], "speaker": None, "addressee": None,
                 "nested_in": None, "modality": None},
            )  # fmt: skip
            if letter == "c":
                quote["content"].append(span)
                quote["kind"] = _KINDS[kind] if kind else quote["kind"]
            elif letter == "u":
                quote["cue"].append(span)
            else:
                if key not in keys:
                    raise MarkupError(f"{name}: quote {number} names the unknown speaker {key!r}")
                if span not in mentions[key]:
                    mentions[key].append(span)
                quote["source"].append(span)
                quote["speaker"] = keys[key][0]
    if stack:
        raise MarkupError(f"{name}: a tag of quote {stack[-1][1]} is not closed")
    pieces.append(body[at:])
    text = "".join(pieces).strip("\n") + "\n"
    if body.startswith("\n"):
        raise MarkupError(f"{name}: the text must begin in the line after '---'")
    if re.search(r"</?[cus]\d*", text):
        raise MarkupError(f"{name}: a tag is left over in the text")
    _facts(facts, quotes, keys, name)
    for number, quote in quotes.items():
        if not quote["content"] or quote["kind"] is None:
            raise MarkupError(f"{name}: quote {number} has no content or kind")
    ordered = sorted(quotes.values(), key=lambda q: (q["content"][0][0], -q["content"][-1][1]))
    entities = [
        {"id": f"e{n}", "name": speaker, "role": role, "mentions": mentions[key]}
        for n, (key, (speaker, role)) in enumerate(keys.items(), 1)
    ]
    gold = {
        "id": name,
        "corpus": "seed",
        "lang": "en",
        "text": text,
        "meta": {"style": style},
        "quotes": ordered,
        "claims": [],
        "entities": entities,
    }
    return text, gold


def _header(header: str, name: str) -> tuple[str, dict[str, tuple[str, str | None]]]:
    style = ""
    keys: dict[str, tuple[str, str | None]] = {}
    for line in header.splitlines():
        if line.startswith("style:"):
            style = line.removeprefix("style:").strip()
        elif match := re.fullmatch(r"@(\w+) = ([^|]+?)(?: \| (.+))?", line):
            keys[match[1]] = (match[2].strip(), match[3])
        else:
            raise MarkupError(f"{name}: header line {line!r}")
    return style, keys


def _facts(facts: str, quotes: dict[int, dict[str, Any]], keys: dict[str, tuple[str, str | None]], name: str) -> None:
    for line in facts.splitlines():
        match = re.fullmatch(r"(\d+)((?: \w+=[^=]+?)+)", line.strip())
        if match is None or int(match[1]) not in quotes:
            raise MarkupError(f"{name}: fact {line!r}")
        quote = quotes[int(match[1])]
        for key, value in re.findall(r" (\w+)=([^=]+?)(?= \w+=|$)", match[2]):
            if key == "by":
                quote["speaker"] = keys[value][0]
            elif key == "to":
                quote["addressee"] = keys[value][0] if value in keys else value
            elif key == "in":
                quote["nested_in"] = f"q{value}"
            elif key == "mod":
                quote["modality"] = value
            else:
                raise MarkupError(f"{name}: fact {line!r} has the unknown key {key!r}")


def built() -> dict[Path, str]:
    """What every generated file should hold."""
    files: dict[Path, str] = {}
    for source in sorted((HERE / "src").glob("*.markup")):
        text, gold = convert(source.read_text(encoding="utf-8"), source.stem)
        files[HERE / f"{source.stem}.txt"] = text
        files[HERE / f"{source.stem}.gold.jsonl"] = json.dumps(gold, ensure_ascii=False) + "\n"
    return files


def main() -> int:
    """Write or check all files."""
    check = "--check" in sys.argv[1:]
    wrong = 0
    for path, content in built().items():
        if check:
            if not path.exists() or path.read_text(encoding="utf-8") != content:
                print(f"{path.name} differs from its markup")
                wrong += 1
        else:
            path.write_text(content, encoding="utf-8")
    return 1 if wrong else 0


if __name__ == "__main__":
    raise SystemExit(main())
