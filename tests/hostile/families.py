"""Families of hostile texts of any length: what is short and harmless, again and again, up to a megabyte.

``python -m tests.hostile.families`` measures the rules on each, doubled up to a megabyte, in seconds of the processor: time may grow by
2.2 at most, and none may take more than 20 seconds a megabyte.
"""

from __future__ import annotations

import gc
import itertools
import sys
import time
import unicodedata
from collections.abc import Callable, Iterator
from statistics import median
from typing import Final

from quoteminer import Document, Issue, Quote, Speaker
from quoteminer_rules.components import ClaimRules, QuoteRules, SpeakerRules

Make = Callable[[int], str]
STEEPEST: Final = 2.2
SLOWEST: Final = 20.0
"""Seconds."""
MEASURABLE: Final = 0.1
"""Seconds: less is too little to tell how it grows."""
PAIRS: Final = 5
SIZES: Final = (62_500, 125_000, 250_000, 500_000, 1_000_000)

BLANKS: Final = "\t\n\v\f\r\x1c\x85 \xa0\u1680\u2009\u2028\u2029\u202f\u205f\u3000\u200b\xad\ufeff"
DIGITS: Final = "1٣९９²③½Ⅷ"
MARKS: Final = "\"“”„‟«»‹›「」『』‚‛`'‘’"
SIGNS: Final = ".,;:!?…—–-()[]{}/&@#%$€*_>|~^=+\\"

#: A name, and what is repeated.
REPEATED: Final = {
    "nothing but words": "word ",
    "said a name": "said Ada ",
    "a name said": "Ada said ",
    "a name said that": "Ada said that ",
    "name comma said": ", said Ada",
    "he said stop": "he said. ",
    "passive chain": "was told by ",
    "passive chain with names": "Ada was told by Bob that ",
    "passives at the end of blocks": "The book was published by Penguin\n\n",
    "passives at the end of lines": "was published by i\n",
    "according to": "according to ",
    "according to a name and a comma": "according to Ada, ",
    "a long run without a stop": "the minister said that the plan of the board which met on Monday would work and ",
    "that": "that ",
    "and": "and ",
    "who": ", who ",
    "which comma": "which, ",
    "to": "to say to ",
    "adding": ", adding ",
    "the claim that": "the claim that ",
    "is confident that": "is confident that ",
    "of the": "of the ",
    "the": "the ",
    "possessives": "Ada's ",
    "plural owners": "the boys' ",
    "capitals": "ADA ",
    "names": "Ada Byron ",
    "names with titles": "Mr Bennet ",
    "names with commas": "Ada Byron, ",
    "names with roles": "Ada Byron, the minister, ",
    "names and names": "Ada and ",
    "the office of": "Minister of ",
    "months": "May ",
    "initials": "A. ",
    "initials without spaces": "A.B.",
    "abbreviations": "Dr. ",
    "words with hyphens": "a-",
    "words with apostrophes": "a'",
    "marked words": "“a” ",
    "marked words that touch": "“a”",
    "marked words in lines": "“a”\n",
    "marked sentences": "“It works.” ",
    "marked sentences in blocks": "“It works.”\n\n",
    "attributed sentences": "“It works,” said Ada. ",
    "attributed sentences in blocks": "“It works,” she said.\n\n",
    "unattributed dialogue": "“Yes.”\n\n“No.”\n\n",
    "interrupted sentences": "“It,” she said, “works.” ",
    "called a mark": "called it “a toy” and ",
    "told a mark by": "were told “wait” by the board and ",
    "open marks in blocks": "“It works, she said\n\n",
    "open marks with words": "“It works, ",
    "open single marks with words": "‘It works, ",
    "open straight marks with words": ' "It works, said Ada',
    "open guillemets with words": "«It works, ",
    "open low marks with words": "„It works, ",
    "open corners with words": "「It works, ",
    "closing marks with words": "It works,” said Ada ",
    "deep nesting": "“‘",
    "deep nesting with words": "“a ‘b ",
    "nesting that closes": "“a ‘b’ c” ",
    "inch marks": "6'4\" ",
    "years without a century": "'90s ",
    "double apostrophes": "''a'' ",
    "double commas": ",,a ",
    "turns": "Ada Byron: It works.\n",
    "turns in blocks": "Ada Byron: It works.\n\n",
    "turns with marks": "Ada Byron: “It works.”\n",
    "turns with nothing": "Name: ",
    "labels in lines": "Name:\n",
    "labels in capitals": "ADA BYRON: ",
    "questions and answers": "Q: Why?\nA: So.\n",
    "user names": "@ada: It works.\n",
    "colons": ": ",
    "dashes": "— ",
    "dashes in lines": "— It works.\n",
    "dashes in lines with clauses": "— It works, said Ada.\n",
    "dashes in blocks": "— It works, said Ada.\n\n",
    "dashes without an end of line": "—It works",
    "double dashes": "--",
    "asides between dashes": "the plan — she said — works ",
    "block quotations": "> It works.\n",
    "block quotations in blocks": "> It works.\n\n",
    "block quotations of block quotations": "> ",
    "announced blocks": "The auditors write:\n\nIt works as well as a bridge that has stood for years.\n\n",
    "announced lists": "The strikers demand:\n- bread\n- butter\n",
    "announced lists in turns": "Ada: The strikers demand:\n- “bread”\n- butter\n",
    "list items": "- a\n",
    "headings": "A heading\n",
    "rules of signs": "* * *\n\n",
    "brackets": "(",
    "brackets with words": "(said ",
    "amounts": "5 million ",
    "amounts with odd blanks": "€5\xa0million\u2009people\n",
    "amounts in words": "one hundred and ",
    "dates": "5 May 2021 ",
    "superscripts": "901² ",
    "numbers that touch": "1,",
    "decimals": "1.",
    "dotted capitals": "mİllİon ",
    "fractions": "two-thirds ",
    "percent": "% ",
    "pronouns": "He said she said they said. ",
    "plural pronouns": "“So,” they said.\n\n",
    "workers": "Striking workers met. “So,” they said. ",
    "descriptions": "the senior official ",
    "descriptions that speak": "“So,” said the official. ",
    "relative clauses": "the man who came, who saw, ",
    "conditions": "if it works, ",
    "after": "it closed after it ",
    "ellipses": "… ",
    "stops": ". ",
    "stops that touch": "...",
    "questions": "Why? ",
    "semicolons": "a; ",
    "slashes": "A/B ",
    "e-mail": "On Mon, 3 Mar 2026, Ada wrote:\n> It works.\n",
    "lone surrogates": "\ud800",
    "combining marks": "a\u0301",
    "right to left": "\u200fא ",
    "emoji": "👍 ",
    "lines that end in said": "“It works,”\nsaid Ada\n",
    "carriage returns": "It works.\r\n\r\n",
    "form feeds": "“a”\f",
    "declined": "declined to comment and ",
    "expected to say": "is expected to say that ",
    "quoted as saying": "was quoted as saying ",
    "put the loss at": "puts the loss at ",
    "asked whether": "Asked whether it works by a reporter, he ",
    "in the words of": "in the words of ",
}


def repeated(unit: str) -> Make:
    """A family of one unit again and again."""
    return lambda size: unit * (size // len(unit))


_numbers = itertools.count()
"""Of all names that were ever made: a name that comes again is remembered and costs less."""


def numbered(unit: str, joint: str = "") -> Make:
    """A family whose units differ by a name made of letters, also from those of every text before, so that nothing is remembered."""

    def make(size: int) -> str:
        parts: list[str] = []
        length = 0
        while length < size:
            number = next(_numbers)
            name = "".join(chr(97 + number // 26**place % 26) for place in range(5))
            part = unit.format(name, name.title()) + joint
            parts.append(part)
            length += len(part)
        return "".join(parts)

    return make


FAMILIES: Final[dict[str, Make]] = {
    **{f"blank {ord(sign):04x}": repeated(sign) for sign in BLANKS},
    **{f"blank {ord(sign):04x} between words": repeated(f"said{sign}Ada{sign}5{sign}million") for sign in BLANKS},
    **{f"digit {ord(sign):04x}": repeated(sign) for sign in DIGITS},
    **{f"digit {ord(sign):04x} in words": repeated(f"{sign}{sign} people said ") for sign in DIGITS},
    **{f"mark {ord(sign):04x} {unicodedata.name(sign).lower()}": repeated(sign) for sign in MARKS},
    **{f"mark {ord(sign):04x} before words": repeated(f"{sign}a ") for sign in MARKS},
    **{f"mark {ord(sign):04x} behind words": repeated(f"said Ada,{sign} ") for sign in MARKS},
    **{f"mark {ord(sign):04x} in lines": repeated(f"{sign}It works, said Ada\n") for sign in MARKS},
    **{f"sign {ord(sign):04x}": repeated(sign) for sign in SIGNS},
    **{f"sign {ord(sign):04x} between words": repeated(f"Ada {sign} said ") for sign in SIGNS},
    **{name: repeated(unit) for name, unit in REPEATED.items()},
    "other names": numbered("{1} said. "),
    "other full names": numbered("Ada {1} said so. "),
    "other names that speak": numbered("“So,” said {1} Byron.\n\n"),
    "other first names of one surname": numbered("“So,” said {1} Byron, and Byron left.\n"),
    "other surnames of one first name": numbered("“So,” said Ada {1}, and Ada left.\n"),
    "other organisations": numbered("the {1} Company said, "),
    "other words": numbered("{0} "),
    "other turns": numbered("{1} Byron: So.\n"),
    "other descriptions": numbered("“So,” said the {0} official.\n"),
    "other names with roles": numbered("{1} Byron, the {0} minister, said. "),
    "other user names": numbered("@{0}: So.\n"),
    "other amounts": numbered("5 {0}s "),
    "one mark, then words": lambda size: "“" + repeated("the plan, said Ada, works ")(size),
    "one turn, then words": lambda size: "ADA BYRON: " + repeated("the plan, said Ada, works. ")(size),
    "words, then marks": lambda size: repeated("word ")(size // 2) + repeated("“a” ")(size // 2),
    "a block of dashes behind a block of marks": lambda size: (
        repeated("“a” ")(size // 2) + "she said:\n\n" + repeated("— So, said Ada.\n")(size // 2)
    ),
    "deep nesting that closes": lambda size: "“‘" * (size // 4) + "’”" * (size // 4),
    "brackets that close": lambda size: "(" * (size // 2) + ")" * (size // 2),
}


def mined(text: str) -> Iterator[Issue]:
    """Mine a text with the three components of the rules; gives the issues."""
    document = Document(text, id="hostile")
    found = list(QuoteRules().extract(document))
    yield from (item for item in found if isinstance(item, Issue))
    quotes, people = SpeakerRules().resolve(document, [item for item in found if isinstance(item, Quote)])
    yield from (item for item in people if isinstance(item, Issue))
    claims = ClaimRules().extract(document, quotes, [item for item in people if isinstance(item, Speaker)])
    yield from (item for item in claims if isinstance(item, Issue))


def seconds(text: str) -> float:
    """Seconds of the processor for a text, without Python's collector, whose full passes grow with all that is kept, as in ``quoteminer.testing``."""
    gc.collect()
    gc.disable()
    try:
        start = time.process_time()
        for issue in mined(text):
            raise AssertionError(issue.message)
        return time.process_time() - start
    finally:
        gc.enable()


def fault(make: Make) -> tuple[str, list[float]]:
    """What is wrong with the times of a family, if anything, and the times."""
    times: list[float] = []
    for size in SIZES:
        times.append(seconds(make(size)))
        if times[-1] > SLOWEST:
            return f"{times[-1]:.0f} s for {size:,} characters", times
        if len(times) > 1 and times[-2] > MEASURABLE and times[-1] > STEEPEST * times[-2]:
            growth = _growth(make, size)
            if growth > STEEPEST:
                return f"{growth:.1f} times as long for {size:,} characters as for half of them", times
    return "", times


def _growth(make: Make, size: int) -> float:
    """How many times as long a text takes as half of it: the middle one of five pairs, each measured in one go, since a machine that does
    other things as well is slow for seconds at a time."""
    return median(seconds(make(size)) / seconds(make(size // 2)) for _ in range(PAIRS))


def main(names: list[str]) -> int:
    """Measure each family; what seems too slow is measured again at the end, since what else a machine does passes, and what a text costs stays."""
    suspects = [name for name in names or FAMILIES if _looked_at(name)]
    slow = [name for name in suspects if _looked_at(name)]
    print(f"{len(names or FAMILIES)} families, {len(suspects)} looked at twice, {len(slow)} too slow")
    return 1 if slow else 0


def _looked_at(name: str) -> bool:
    wrong, times = fault(FAMILIES[name])
    print(f"{name:44} {' '.join(f'{value:7.2f}' for value in times)}  {wrong}", flush=True)
    return bool(wrong)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
