"""Makes ``NAME.txt`` and ``NAME.gold.jsonl`` from ``src/NAME.markup``.

    python seeds/build.py            # write all
    python seeds/build.py --check    # fail when a committed file differs

A markup file has a header (``style: wire``, if need be ``id: …``, then a line for each speaker:
``@R = Mark Rutte | NATO Secretary General``), a line ``---``, the text with tags, and perhaps a line ``%%`` with facts. Tags:

    <c1d>…</c>     content of quote 1: d direct, i indirect, m mixed; <c1>…</c> repeats for its further spans
    <u1>…</u>      cue of quote 1
    <s1=R>…</s>    source mention of quote 1 and its speaker; <s1,2=R> for two quotes
    facts          "2 by=R to=reporters in=1 mod=negated": speaker without mention (null: nobody knows), addressee, enclosing
                   quote, modality; "4 unclosed": its closing mark is missing on purpose
"""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path
from typing import Any, Final, NamedTuple, NoReturn

HERE: Final = Path(__file__).resolve().parent
_TAG: Final = re.compile(r"<(?P<open>[cus])(?P<numbers>\d+(?:,\d+)*)(?P<kind>[dim])?(?:=(?P<key>\w+))?>|</(?P<close>[cus])>")
_FACT: Final = re.compile(r"(\d+)( unclosed)?((?: \w+=[^=]+?)*)")
_KINDS: Final = {"d": "direct", "i": "indirect", "m": "mixed"}
_FIELDS: Final = {"c": "content", "u": "cue", "s": "source"}
_MODALITIES: Final = ("negated", "hypothetical", "future")
_OPENING: Final = "“‘„‚«‹\"'"
_CLOSING: Final = "”’“‘»›\"'"


class MarkupError(ValueError):
    """A markup file is wrong; the message names file and quote."""


class _Open(NamedTuple):
    """A tag that waits for its end."""

    letter: str
    numbers: list[int]
    kind: str | None
    key: str | None
    start: int


class _Draft:
    """One document while it is converted: its speakers by key, its quotes by number."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.id = name
        self.style = ""
        self.text = ""
        self.speakers: dict[str, tuple[str, str | None]] = {}
        self.mentions: dict[str, list[list[int]]] = {}
        self.quotes: dict[int, dict[str, Any]] = {}
        self.unclosed: set[int] = set()

    def fail(self, message: str) -> NoReturn:
        raise MarkupError(f"{self.name}: {message}")

    def read_header(self, header: str) -> None:
        for line in header.splitlines():
            if line.startswith("style: "):
                self.style = line.removeprefix("style: ").strip()
            elif line.startswith("id: "):
                self.id = line.removeprefix("id: ").strip()
            elif match := re.fullmatch(r"@(\w+) = ([^|]+?)(?: \| (.+))?", line):
                if match[1] in self.speakers:
                    self.fail(f"speaker key {match[1]!r} stands twice")
                self.speakers[match[1]] = (match[2], match[3])
                self.mentions[match[1]] = []
            else:
                self.fail(f"header line {line!r}")
        if not self.style:
            self.fail("no style in the header")

    def read_body(self, body: str) -> None:
        if body != body.lstrip() or not body:
            self.fail("the text must begin in the line after '---'")
        plain: list[str] = []
        waiting: list[_Open] = []
        spans: list[tuple[_Open, int]] = []
        at = length = 0
        for tag in _TAG.finditer(body):
            plain.append(body[at : tag.start()])
            length += tag.start() - at
            at = tag.end()
            if tag["open"]:
                numbers = [int(number) for number in tag["numbers"].split(",")]
                if tag["kind"] and tag["open"] != "c":
                    self.fail(f"{tag.group()}: only content has a kind")
                if (tag["key"] is not None) != (tag["open"] == "s"):
                    self.fail(f"{tag.group()}: a source, and only a source, names its speaker")
                waiting.append(_Open(tag["open"], numbers, tag["kind"], tag["key"], length))
                continue
            index = next((i for i in reversed(range(len(waiting))) if waiting[i].letter == tag["close"]), None)
            if index is None:
                self.fail(f"{tag.group()} closes nothing near {body[max(0, at - 60) : at]!r}")
            spans.append((waiting.pop(index), length))
        if waiting:
            self.fail(f"a tag of quote {waiting[-1].numbers} is not closed")
        plain.append(body[at:])
        self.text = "".join(plain).rstrip("\n") + "\n"
        if left := re.search(r"</?[cus]\d*|[<>]", self.text):
            self.fail(f"tag characters are left over near {self.text[max(0, left.start() - 30) : left.end() + 30]!r}")
        for opened, end in sorted(spans, key=lambda pair: pair[0].start):
            self._add(opened, end)

    def _add(self, opened: _Open, end: int) -> None:
        words = self.text[opened.start : end]
        if not words or words != words.strip():
            self.fail(f"span {words!r} of quote {opened.numbers} is empty or has white space at an edge")
        for number in opened.numbers:
            quote = self.quotes.setdefault(
                number,
                {"id": f"q{number}", "kind": None, "content": [], "cue": [], "source": [], "speaker": None, "addressee": None,
                 "nested_in": None, "modality": None},
            )  # fmt: skip
            quote[_FIELDS[opened.letter]].append([opened.start, end])
            if opened.kind:
                if quote["kind"]:
                    self.fail(f"quote {number} states its kind twice")
                quote["kind"] = _KINDS[opened.kind]
            if opened.key is not None:
                self._say_speaker(number, opened.key)
                if [opened.start, end] not in self.mentions[opened.key]:
                    self.mentions[opened.key].append([opened.start, end])

    def _say_speaker(self, number: int, key: str) -> None:
        if key not in self.speakers:
            self.fail(f"quote {number} names the unknown speaker {key!r}")
        quote, speaker = self.quotes[number], self.speakers[key][0]
        if quote["speaker"] not in (None, speaker):
            self.fail(f"quote {number} has two speakers, {quote['speaker']!r} and {speaker!r}")
        quote["speaker"] = speaker

    def read_facts(self, facts: str) -> None:
        for line in facts.splitlines():
            match = _FACT.fullmatch(line.strip())
            if match is None or int(match[1]) not in self.quotes or not (match[2] or match[3]):
                self.fail(f"fact {line!r}")
            number = int(match[1])
            if match[2]:
                self.unclosed.add(number)
            for key, value in re.findall(r" (\w+)=([^=]+?)(?= \w+=|$)", match[3]):
                self._fact(number, key, value)

    def _fact(self, number: int, key: str, value: str) -> None:
        quote = self.quotes[number]
        if key == "by":
            if value != "null":
                self._say_speaker(number, value)
            elif quote["source"]:
                self.fail(f"quote {number} has a source, so by=null is wrong")
        elif key == "to":
            quote["addressee"] = self.speakers[value][0] if value in self.speakers else value
        elif key == "in":
            if value == str(number) or not value.isdigit() or int(value) not in self.quotes:
                self.fail(f"quote {number} cannot be in {value!r}")
            quote["nested_in"] = f"q{value}"
        elif key == "mod" and value in _MODALITIES:
            quote["modality"] = value
        else:
            self.fail(f"quote {number} has the unknown fact {key}={value}")

    def check(self) -> None:
        for number, quote in self.quotes.items():
            if not quote["content"] or quote["kind"] is None:
                self.fail(f"quote {number} has no content or kind")
            self._check_own_spans(number, quote)
            if quote["kind"] == "direct":
                self._check_marks(number, quote)
            elif quote["kind"] == "mixed" and not any(set(self.text[s:e]) & set(_OPENING) for s, e in quote["content"]):
                self.fail(f"quote {number} is mixed, but has no marks inside")
        self._check_nesting()

    def _check_own_spans(self, number: int, quote: dict[str, Any]) -> None:
        own = sorted([*quote["content"], *quote["cue"], *quote["source"]])
        for (_, end), (start, _) in zip(own, own[1:], strict=False):
            if start < end:
                self.fail(f"two spans of quote {number} overlap")

    def _check_nesting(self) -> None:
        by_id = {quote["id"]: quote for quote in self.quotes.values()}
        for number, quote in self.quotes.items():
            above = set()
            outer = quote["nested_in"]
            while outer is not None:
                if outer in above or outer == quote["id"]:
                    self.fail(f"quote {number} is nested in itself")
                above.add(outer)
                outer = by_id[outer]["nested_in"]
            for other in by_id.values():
                if other is quote:
                    continue
                inside = all(any(a <= s and e <= b for a, b in other["content"]) for s, e in quote["content"])
                if other["id"] in above and not inside:
                    self.fail(f"quote {number} is said to be nested in {other['id']}, but is not inside it")
                overlap = any(s < b and a < e for s, e in quote["content"] for a, b in other["content"])
                if overlap and other["id"] not in above and not self._is_below(other, quote["id"], by_id):
                    self.fail(f"quote {number} overlaps {other['id']} without nesting")

    @staticmethod
    def _is_below(quote: dict[str, Any], top: str, by_id: dict[str, dict[str, Any]]) -> bool:
        seen: set[str] = set()
        outer = quote["nested_in"]
        while outer is not None and outer not in seen:
            if outer == top:
                return True
            seen.add(outer)
            outer = by_id[outer]["nested_in"]
        return False

    def _check_marks(self, number: int, quote: dict[str, Any]) -> None:
        """Direct content stands between marks, in a turn after its label, after a dash, or is a paragraph of its own."""
        bare = number in self.unclosed
        for start, end in quote["content"]:
            before, after = self.text[:start], self.text[end:]
            if before[-1:] and before[-1] in _OPENING:
                # A quotation over several paragraphs is closed only at the last.
                if after[0] in _CLOSING or (after.startswith("\n\n") and [start, end] != quote["content"][-1]):
                    continue
                if bare:
                    bare = False
                    continue
                self.fail(f"quote {number}: no closing mark after {self.text[start:end][-30:]!r}")
            line = before.rpartition("\n")[2].rstrip()
            turn = [cue[1] for cue in quote["cue"]] == [len(before.rstrip())] and line.endswith(":") and after[0] == "\n"
            paragraph = (not before or before.endswith("\n\n")) and (after == "\n" or after.startswith("\n\n"))
            if not (turn or paragraph or line in ("—", "–")):
                self.fail(
                    f"quote {number} is direct, but no mark, label, dash or paragraph sets off {self.text[start:end][:30]!r}"
                )
        if number in self.unclosed and bare:
            self.fail(f"quote {number} is said to be unclosed, but is closed")

    def gold(self) -> dict[str, Any]:
        ordered = sorted(self.quotes.values(), key=lambda q: (q["content"][0][0], -q["content"][-1][1]))
        return {
            "id": self.id,
            "corpus": "seed",
            "lang": "en",
            "text": self.text,
            "meta": {"style": self.style},
            "quotes": ordered,
            "claims": [],
            "entities": [
                {"id": f"e{n}", "name": speaker, "role": role, "mentions": self.mentions[key]}
                for n, (key, (speaker, role)) in enumerate(self.speakers.items(), 1)
            ],
        }


def convert(markup: str, name: str) -> tuple[str, dict[str, Any]]:
    """Text and gold of one markup file; spans are Python code points of the text.

    Raises:
        MarkupError: for unbalanced or empty tags, white space at edges, unknown keys, two speakers for a quote, missing parts,
            overlaps without nesting, nesting without overlap, and direct content that nothing sets off.
    """
    draft = _Draft(name)
    header, line, rest = markup.partition("\n---\n")
    if not line:
        draft.fail("no line '---' after the header")
    body, _, facts = rest.partition("\n%%\n")
    draft.read_header(header)
    draft.read_body(body)
    draft.read_facts(facts)
    draft.check()
    return draft.text, draft.gold()


def built() -> dict[Path, str]:
    """What every generated file should hold."""
    files: dict[Path, str] = {}
    for source in sorted((HERE / "src").glob("*.markup")):
        text, gold = convert(source.read_text(encoding="utf-8"), source.stem)
        files[HERE / f"{source.stem}.txt"] = text
        files[HERE / f"{source.stem}.gold.jsonl"] = json.dumps(gold, ensure_ascii=False) + "\n"
    return files


def main() -> int:
    """Write all files; with ``--check`` only name those that differ, and return 1 if there are any."""
    check = "--check" in sys.argv[1:]
    wrong = 0
    for path, content in built().items():
        if not check:
            path.write_text(content, encoding="utf-8")
        elif not path.exists() or path.read_text(encoding="utf-8") != content:
            print(f"{path.name} differs from its markup")
            wrong += 1
    return 1 if wrong else 0


if __name__ == "__main__":
    raise SystemExit(main())
