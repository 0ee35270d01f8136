"""The kind of a claim: eight linear models over what is seen of it, of which the highest counts.

They see its words, the verb that its clause is built on and what stands before that, its numbers and times, who says it and by which verb. The weights
are in ``weights/claim_kinds.tsv``.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Final

from quoteminer import ClaimKind, Quantity, Quote

from .edges import voice_of
from .signs import CLAIM_KINDS, Signs, at_place, kinds_of
from .weights import Feature

_FEW: Final = 10
"""Small numbers of things rather describe them."""
_GROUP: Final = 4
"""So many words behind the first verb may belong to its group."""
_FUTURE: Final = frozenset(["future_auxiliary", "future"])
_LATER: Final = _FUTURE | {"conditional"}
VERB, GROUP, SUBJECT = "verb", "group", "subject"
"""Places of words in a clause: its first verb, those right behind it, those before it."""


def kind_of(
    signs: Sequence[Signs], quote: Quote | None, cue: Iterable[str], quantities: Sequence[Quantity], times: int, folder: Path
) -> ClaimKind:
    """The kind of a claim, of several that fit alike the first; arguments are those of :func:`features`."""
    known = kinds_of(folder)
    total = known.total(_of_claim(signs, quote, cue, quantities, times))
    for one in signs:
        total += one.of_kind("")
    for one, place in _places(signs):
        total += one.of_kind(place)
    sums = known.parted(total)
    return CLAIM_KINDS[sums.index(max(sums))]


def features(
    signs: Sequence[Signs], quote: Quote | None, cue: Iterable[str], quantities: Sequence[Quantity], times: int
) -> list[Feature]:
    """What is seen of a claim, by kind and name: what :func:`kind_of` adds up.

    Args:
        signs: of its words.
        quote: the quotation that it stands in, and the classes of the verb that reports it.
        quantities: its numbers, and how many times it names.
    """
    found = _of_claim(signs, quote, cue, quantities, times)
    found += [feature for one in signs for feature in one.features]
    found += [feature for one, place in _places(signs) for feature in at_place(one.features, place)]
    return found


def _verb(signs: Sequence[Signs]) -> int:
    """Where the first verb is, -1 where none is known."""
    return next((at for at, one in enumerate(signs) if one.finite), -1)


def _places(signs: Sequence[Signs]) -> list[tuple[Signs, str]]:
    """The words that have a place by which they tell more."""
    verb = _verb(signs)
    if verb < 0:
        return []
    found = [(one, SUBJECT) for one in signs[:verb]]
    found.append((signs[verb], VERB))
    return found + [(one, GROUP) for one in signs[verb + 1 : verb + _GROUP]]


def _of_claim(
    signs: Sequence[Signs], quote: Quote | None, cue: Iterable[str], quantities: Sequence[Quantity], times: int
) -> list[Feature]:
    """What is seen of a claim besides its words one by one."""
    voice = voice_of(quote)
    found: list[Feature] = [("bias", ""), ("voice", voice)]
    if quote is not None:
        found += [("cue", quote.cue_lemma or "none"), ("modality", quote.modality)]
        found += [("cue class", name) for name in sorted(cue)]
    found += [("numbers", str(min(len(quantities), 3))), ("times", str(min(times, 2)))]
    for number in quantities:
        found.append(("unit", number.unit or "none"))
        if number.value is not None and (number.value % 1 or abs(number.value) > _FEW):
            found.append(("number", "large"))
    verb = _verb(signs)
    if verb < 0:
        return [*found, ("verb", "none")]
    classes = frozenset().union(*(one.classes for one in signs[: verb + _GROUP]))
    who = next((person for person in ("first_person", "third_person") if person in classes), "no_person")
    when = "no_future" if classes.isdisjoint(_LATER) else "conditional" if classes.isdisjoint(_FUTURE) else "future"
    return [
        *found,
        ("who and when", f"{voice} {who} {when}"),
        ("voice and when", f"{voice} {when}"),
        ("subject", str(min(verb, 4))),
    ]
