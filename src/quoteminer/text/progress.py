"""How far a component is in a long document, for whoever wants to show it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

#: Is handed the name of the component at work, how many code points of its document are done, and how many there are.
Listener = Callable[[str, int, int], None]

_listener: ContextVar[Listener | None] = ContextVar("quoteminer_progress", default=None)
_at_work: ContextVar[tuple[str, int]] = ContextVar("quoteminer_at_work", default=("", 0))


def progress(done: int) -> None:
    """For components: so many code points of the document are done. Next to nothing when nobody listens; some hundred times a document are enough."""
    listener = _listener.get()
    if listener is not None:
        name, total = _at_work.get()
        listener(name, done, total)


@contextmanager
def listening(listener: Listener) -> Iterator[None]:
    """Inside, ``listener`` is told of progress in this thread."""
    token = _listener.set(listener)
    try:
        yield
    finally:
        _listener.reset(token)


def at_work(component: str, size: int) -> None:
    """For the host: this component begins with a document of so many code points."""
    if _listener.get() is not None:
        _at_work.set((component, size))
        progress(0)
