"""Patterns over classes: a small language in which the files of a pack describe phrases, read into regular expressions over letters.

A pattern is a row of elements with white space between them. An element is the name of a class or of another pattern, several classes that must
hold together (``word&!verb``), or a group in brackets; ``source=name`` binds what it takes to a name; ``?``, ``*``, ``+`` and ``{1,3}`` behind it say how often, ``|`` parts alternatives, the
first of which that fits is taken. ``ahead( … )`` and ``not( … )`` look at what follows without taking it, ``behind( … )`` and ``unless( … )`` at the
one token or chunk before, which must or must not be of the classes that they name. What is taken is never given back, as in
parsing expression grammars (Ford 2004), so that matching takes time linear in what is read, whatever that is.
"""

from __future__ import annotations

import functools
import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from typing import Final, NamedTuple

_TOKEN: Final = re.compile(
    r"(?:(?P<open>(?:ahead|not|behind|unless)?\()|(?P<close>\))|(?P<bar>\|)|(?P<name>(?:[a-z]+=)?[!\w][!&\w-]*|\^|\$))(?P<often>[?*+]|\{\d+,\d*\})?\s*"
)
_BACK: Final = {"behind": "(?<=", "unless": "(?<!"}
MOST_ELEMENTS: Final = 800
"""Of one pattern with all that it names."""


class Element(NamedTuple):
    """An element of a pattern: ``what`` is ``atom``, ``start``, ``end``, ``group``, ``ahead``, ``not``, ``behind`` or ``unless``; ``often`` a quantifier or nothing."""

    what: str
    name: str
    often: str
    alternatives: tuple[tuple[Element, ...], ...] = ()
    bound: str = ""
    """What the element binds ("source"), or nothing."""
    size: int = 1
    """How many elements it is, with those inside."""
    binds: bool = False
    """Whether it or one inside binds something."""


def parse(pattern: str, patterns: Mapping[str, tuple[tuple[Element, ...], ...]]) -> tuple[tuple[Element, ...], ...]:
    """The alternatives of a pattern, in which ``patterns`` may be named.

    Raises:
        ValueError: when brackets do not match, something is no element, or the pattern is too long.
    """
    stack: list[tuple[str, list[list[Element]]]] = [("(", [[]])]
    at = 0
    text = pattern.strip()
    while at < len(text):
        match = _TOKEN.match(text, at)
        if match is None:
            raise ValueError(f"cannot read {text[at:].strip()!r} in {pattern!r}")
        at = match.end()
        often = match["often"] or ""
        if match["open"]:
            stack.append((match["open"], [[]]))
        elif match["bar"]:
            stack[-1][1].append([])
        elif match["close"]:
            if len(stack) == 1:
                raise ValueError(f"a bracket is closed that nothing opens in {pattern!r}")
            opening, alternatives = stack.pop()
            what = opening[:-1] or "group"
            if what in _BACK and any(len(row) != 1 or row[0].what != "atom" or row[0].often for row in alternatives):
                raise ValueError(f"{what}( … ) names classes only, in {pattern!r}")
            stack[-1][1][-1].append(_group(what, often, tuple(map(tuple, alternatives))))
        else:
            bound, _, name = match["name"].rpartition("=")
            if name in patterns:
                stack[-1][1][-1].append(_group("group", often, patterns[name], bound))
            else:
                what = {"^": "start", "$": "end"}.get(name, "atom")
                stack[-1][1][-1].append(Element(what, name, often, (), bound, binds=bool(bound)))
    if len(stack) > 1:
        raise ValueError(f"a bracket is never closed in {pattern!r}")
    result = tuple(map(tuple, stack[0][1]))
    if sum(element.size for row in result for element in row) > MOST_ELEMENTS:
        raise ValueError(f"{pattern!r} is too long with all that it names")
    return result


def _group(what: str, often: str, alternatives: tuple[tuple[Element, ...], ...], bound: str = "") -> Element:
    inside = [element for row in alternatives for element in row]
    size = 1 + sum([element.size for element in inside])
    return Element(what, "", often, alternatives, bound, size, bool(bound) or any(element.binds for element in inside))


def atoms(alternatives: Iterable[Iterable[Element]]) -> Counter[str]:
    """All class expressions that a pattern names, and how often."""
    found: Counter[str] = Counter()
    for row in alternatives:
        for element in row:
            if element.what == "atom":
                found[element.name] += 1
            else:
                found.update(atoms(element.alternatives))
    return found


def source(
    alternatives: Iterable[Iterable[Element]],
    letters: Callable[[str], str],
    bindings: list[str] | None = None,
    *,
    backwards: bool = False,
) -> str:
    """The regular expression of a pattern; ``letters`` gives those of an atom, ``backwards`` that for text whose order is turned round.

    What each of its groups binds is added to ``bindings``, in the order of the groups.

    Raises:
        ValueError: as :func:`check`.
    """
    bindings = [] if bindings is None else bindings
    return "|".join(
        "".join(_source(element, letters, bindings, backwards) for element in (reversed(tuple(row)) if backwards else row))
        for row in alternatives
    )


def _source(element: Element, letters: Callable[[str], str], bindings: list[str], backwards: bool) -> str:
    if element.bound:
        bindings.append(element.bound)
        inside = _source(element._replace(bound="", often=""), letters, bindings, backwards)
        return f"({inside})" + ("?+" if element.often else "")
    often = element.often + "+" if element.often else ""
    if element.what == "atom":
        found = letters(element.name)
        return f"{character_class(found)}{often}"
    if element.what == "start":
        return r"\Z" if backwards else r"\A"
    if element.what == "end":
        return r"\A" if backwards else r"\Z"
    inside = source(element.alternatives, letters, bindings, backwards=backwards)
    if element.what == "group":
        return f"(?>{inside}){often}"
    if backwards:
        raise ValueError(_CANNOT_LOOK)
    if element.what in _BACK:
        found = "".join(sorted({letter for row in element.alternatives for letter in letters(row[0].name)}))
        return f"{_BACK[element.what]}{character_class(found)})"
    return f"(?={inside})" if element.what == "ahead" else f"(?!{inside})"


def check(alternatives: Iterable[Iterable[Element]], letters: Callable[[str], str], *, backwards: bool = False) -> None:
    """See that :func:`source` can write a pattern as an expression, without doing so.

    Raises:
        ValueError: when a pattern looks ahead or behind that is read backwards; and as ``letters`` does.
    """
    for row in alternatives:
        for element in row:
            if element.what == "atom":
                letters(element.name)
            elif backwards and element.what in _LOOKS:
                raise ValueError(_CANNOT_LOOK)
            else:
                check(element.alternatives, letters, backwards=backwards)


_CANNOT_LOOK: Final = "a pattern that is read backwards cannot look round"


def firsts(rows: Iterable[Iterable[Element]], letters: Callable[[str], str], *, backwards: bool = False) -> tuple[set[str], bool]:
    """The letters with which what a pattern takes can begin, "" for the edge of the text, and whether it may take nothing."""
    found: set[str] = set()
    empty = False
    for row in rows:
        for element in reversed(tuple(row)) if backwards else row:
            if element.what in _LOOKS:
                continue
            nothing = False
            if element.what == "group":
                inside, nothing = firsts(element.alternatives, letters, backwards=backwards)
                found |= inside
            elif element.what == "atom":
                found.update(letters(element.name))
            else:
                found.add("")
            if not nothing and element.often[:1] not in ("?", "*") and not element.often.startswith("{0"):
                break
        else:
            empty = True
    return found, empty


_LOOKS: Final = frozenset(["ahead", "not", *_BACK])


@functools.lru_cache(maxsize=1_000)
def character_class(letters: str) -> str:
    """The expression for any of some letters, neighbours as a range; that of none fits nothing."""
    if not letters:
        return "(?!)"
    codes = sorted(map(ord, dict.fromkeys(letters)))
    parts: list[str] = []
    at = 0
    while at < len(codes):
        # Up to where codes and places no longer grow alike.
        ahead = codes[at] - at
        end = bisect_right(range(len(codes)), ahead, at, key=lambda place: codes[place] - place)
        first, last = codes[at], codes[end - 1]
        parts.append(_code(first) if first == last else f"{_code(first)}-{_code(last)}")
        at = end
    return f"[{''.join(parts)}]"


def _code(letter: int) -> str:
    """A letter as it stands in a class; the shorter the expression, the sooner it is compiled."""
    return "\\" + chr(letter) if letter in _MEANING else chr(letter)


_MEANING: Final = frozenset(map(ord, "[]\\^-&~|"))
"""What means something in a class, now or in later versions of the library."""


class Condition(NamedTuple):
    """Classes that must hold of something, and such as must not."""

    all: frozenset[str]
    none: frozenset[str]

    def holds(self, classes: frozenset[str]) -> bool:
        """Whether something that is in ``classes`` fits."""
        return self.all <= classes and self.none.isdisjoint(classes)


def condition(atom: str, known: Callable[[str], bool]) -> Condition:
    """The condition of an atom such as ``word&!verb``.

    Raises:
        ValueError: when it names a class that is not ``known``.
    """
    wanted: set[str] = set()
    refused: set[str] = set()
    for part in atom.split("&"):
        name = part.removeprefix("!")
        if not name or "!" in name:
            raise ValueError(f"cannot read the class {part!r} in {atom!r}")
        if not known(name):
            raise ValueError(f"there is no class {name!r}")
        (refused if part[0] == "!" else wanted).add(name)
    return Condition(frozenset(wanted), frozenset(refused))
