"""A component as the host keeps it, and the order in which those of one hook work."""

from __future__ import annotations

import heapq
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import attrs

from .. import languages
from ..errors import PluginError

if TYPE_CHECKING:
    from ..document import Document


@attrs.frozen(kw_only=True)
class Loaded:
    """A component as it was when its plugin was asked, so that nothing of it can change later.

    Attributes:
        name: its name.
        component: the object that works.
        languages: tags of the languages that it reads; ``None`` for any.
        places: kinds of places of a document's origin, of which it wants at least one; none for any document.
        plugin: name of its plugin.
        takes: for each of its methods what it wants to be handed by keyword, see :mod:`quoteminer.plugins.offers`.
        after: names of components or plugins that work before it.
        before: names of those that work behind it.
    """

    name: str
    component: Any
    languages: tuple[str, ...] | None = None
    places: tuple[str, ...] = ()
    plugin: str
    takes: Mapping[str, frozenset[str]] = attrs.field(factory=dict, eq=False)
    after: tuple[str, ...] = ()
    before: tuple[str, ...] = ()

    def reads(self, document: Document) -> bool:
        """Whether it reads a document: its language, and what its reader noted in it."""
        if not languages.reads(self.languages, document.language):
            return False
        if not self.places:
            return True
        return document.origin is not None and any(place.kind in self.places for place in document.origin.places)

    def given(self, method: str, **values: Any) -> dict[str, Any]:
        """Those of the values that its method wants to be handed."""
        names = self.takes.get(method)
        return {name: values[name] for name in names} if names else {}

    def is_after(self, other: Loaded) -> bool:
        """Whether it, or the other, declares that it works behind the other."""
        return not {other.name, other.plugin}.isdisjoint(self.after) or not {self.name, self.plugin}.isdisjoint(other.before)


def ordered(hook: str, components: Sequence[Loaded]) -> list[Loaded]:
    """In an order that keeps what each declares by ``after`` and ``before``; of those that may come next, the first of ``components``.

    What is named may be a component or a plugin, all of whose components are meant; what is not there is not waited for.

    Raises:
        PluginError: when some wait for each other; it names them.
    """
    count = len(components)
    waits = [
        {j for j in range(count) if j != i and components[i].is_after(components[j])} if count > 1 else set()
        for i in range(count)
    ]
    free = [i for i in range(count) if not waits[i]]
    done: list[Loaded] = []
    while free:
        i = heapq.heappop(free)
        done.append(components[i])
        for j in range(count):
            if i in waits[j]:
                waits[j].discard(i)
                if not waits[j]:
                    heapq.heappush(free, j)
    if len(done) < count:
        circle = _circle(waits)
        names = " after ".join(components[i].name for i in [*circle, circle[0]])
        raise PluginError(f"{hook}: components wait for each other: {names}", components[circle[0]].plugin)
    return done


def _circle(waits: Sequence[set[int]]) -> list[int]:
    """Some that wait for each other, each for the next."""
    at = next(i for i, others in enumerate(waits) if others)
    path: list[int] = []
    while at not in path:
        path.append(at)
        at = min(waits[at])
    return path[path.index(at) :]
