"""The kind of a claim: eight linear models over what is seen of it, of which the highest counts.

They see its words, the verb that its clause is built on and what stands before that, its numbers and times, who says it and by which verb. The weights
are in ``weights/claim_kinds.tsv``.
"""

from __future__ import annotations

import functools
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Final

from quoteminer import ClaimKind, Quantity, Quote

from .quantities import PER, unit_names
from .settings import Setting, Voice, voice_of
from .signs import ANYWHERE, CLAIM_KINDS, GROUP, PLACES, SUBJECT, VERB, Signs, Tells, at_place, kinds_of
from .weights import Feature

_FEW: Final = 10
"""Small numbers of things rather describe them."""
_GROUP: Final = 4
"""So many words behind the first verb may belong to its group."""
_NUMBERS, _TIMES, _BEFORE_VERB = 3, 2, 4
"""So many numbers, times, and words before the first verb are told apart."""
_ANYWHERE, _VERB, _BEHIND, _BEFORE = (PLACES.index(place) for place in (ANYWHERE, VERB, GROUP, SUBJECT))


class Kinds:
    """The models of a language."""

    def __init__(self, folder: Path) -> None:
        known = kinds_of(folder)
        self._weights: Final = known
        self._numbers: Final = [known["numbers", str(count)] for count in range(_NUMBERS + 1)]
        self._times: Final = [known["times", str(count)] for count in range(_TIMES + 1)]
        self._subject: Final = [known["subject", str(count)] for count in range(_BEFORE_VERB + 1)]
        self._units: Final = unit_names(folder)
        self._large: Final = known["number", "large"]
        self._no_verb: Final = known["verb", "none"]
        self._who_and_when: Final[dict[tuple[Voice, int], int]] = {}

    def kind_of(self, signs: Sequence[Signs], setting: Setting, quantities: Sequence[Quantity], times: int) -> ClaimKind:
        """The kind of a claim, of several that fit alike the first; arguments are those of :func:`features`."""
        total = setting.of_kinds + self._numbers[min(len(quantities), _NUMBERS)] + self._times[min(times, _TIMES)]
        for number in quantities:
            total += self._weights["unit", _unit(number, self._units)]
            if _is_large(number):
                total += self._large
        verb = _verb(signs)
        for one in signs:
            total += one.kinds[_ANYWHERE]
        if verb < 0:
            total += self._no_verb
        else:
            tells = 0
            for one in signs[:verb]:
                total += one.kinds[_BEFORE]
                tells |= one.tells
            total += signs[verb].kinds[_VERB]
            tells |= signs[verb].tells
            for one in signs[verb + 1 : verb + _GROUP]:
                total += one.kinds[_BEHIND]
                tells |= one.tells
            total += self._subject[min(verb, _BEFORE_VERB)] + self._told(setting.voice, tells)
        sums = self._weights.parted(total)
        return CLAIM_KINDS[sums.index(max(sums))]

    def of_setting(self, quote: Quote | None, cue: Iterable[str]) -> int:
        """What is the same for all claims of a quotation, or of the document's own voice."""
        return self._weights.total(_setting(quote, cue))

    def _told(self, voice: Voice, tells: int) -> int:
        known = self._who_and_when.get((voice, tells))
        if known is None:
            known = self._who_and_when[voice, tells] = self._weights.total(_who_and_when(voice, tells))
        return known


@functools.cache
def kinds(folder: Path) -> Kinds:
    """The models of a language, made once."""
    return Kinds(folder)


def features(
    signs: Sequence[Signs], setting: Setting, quantities: Sequence[Quantity], times: int, units: frozenset[str]
) -> list[Feature]:
    """What is seen of a claim, by kind and name: what :meth:`Kinds.kind_of` adds up.

    Args:
        signs: of its words.
        setting: whose words they are.
        quantities: its numbers, and how many times it names.
        units: the names of the units of the language.
    """
    found = _setting(setting.quote, setting.cue)
    found += [("numbers", str(min(len(quantities), _NUMBERS))), ("times", str(min(times, _TIMES)))]
    for number in quantities:
        found.append(("unit", _unit(number, units)))
        if _is_large(number):
            found.append(("number", "large"))
    found += [feature for one in signs for feature in one.features]
    verb = _verb(signs)
    if verb < 0:
        return [*found, ("verb", "none")]
    found.append(("subject", str(min(verb, _BEFORE_VERB))))
    tells = 0
    for at, one in enumerate(signs[: verb + _GROUP]):
        found += at_place(one.features, SUBJECT if at < verb else VERB if at == verb else GROUP)
        tells |= one.tells
    return found + _who_and_when(setting.voice, tells)


def _unit(number: Quantity, names: frozenset[str]) -> str:
    """The unit, without that for one of which it is told; a noun that is counted is none, as it tells no kind of claim."""
    unit = "" if number.unit is None else number.unit.partition(PER)[0]
    return unit if unit in names else "none"


def _is_large(number: Quantity) -> bool:
    return number.value is not None and (number.value % 1 != 0 or abs(number.value) > _FEW)


def _verb(signs: Sequence[Signs]) -> int:
    """Where the first verb is, -1 where none is known."""
    for at, one in enumerate(signs):
        if one.finite:
            return at
    return -1


def _setting(quote: Quote | None, cue: Iterable[str]) -> list[Feature]:
    found: list[Feature] = [("bias", ""), ("voice", voice_of(quote))]
    if quote is not None:
        found += [("cue", quote.cue_lemma or "none"), ("modality", quote.modality)]
        found += [("cue class", name) for name in sorted(cue)]
    return found


def _who_and_when(voice: Voice, tells: int) -> list[Feature]:
    """What the words up to the first verb and right behind it tell together."""
    who = "first_person" if tells & Tells.FIRST else "third_person" if tells & Tells.THIRD else "no_person"
    when = "future" if tells & Tells.FUTURE else "conditional" if tells & Tells.CONDITIONAL else "no_future"
    return [("who and when", f"{voice} {who} {when}"), ("voice and when", f"{voice} {when}")]
