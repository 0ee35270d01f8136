"""The process around a command: standard streams that are closed, and signals that ask it to end."""

from __future__ import annotations

import contextlib
import io
import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from types import FrameType
from typing import Final

#: Ctrl-C, a polite request to end (as ``kill`` and ``timeout`` send), and the end of the terminal.
_ENDING: Final = tuple(getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name))


def stand_in_for_closed_streams() -> None:
    """Put a file that cannot be used in the place of each standard stream that is closed.

    Python leaves ``None`` there, which code takes for "print nothing", and the next file that is opened would get the number of the
    stream, and whatever writes to that.
    """
    for number, name, mode, flags in (
        (0, "stdin", "r", os.O_WRONLY),
        (1, "stdout", "w", os.O_RDONLY),
        (2, "stderr", "w", os.O_WRONLY),
    ):
        if getattr(sys, name) is None:
            opened = os.open(os.devnull, flags)
            if opened != number:
                os.dup2(opened, number)
                os.close(opened)
            os.set_inheritable(number, True)
            stream = io.TextIOWrapper(io.FileIO(number, mode, closefd=False), encoding="utf-8", write_through=True)
            setattr(sys, name, stream)


@contextlib.contextmanager
def ended_by(handler: Callable[[int, FrameType | None], object]) -> Iterator[None]:
    """Call ``handler`` when the process is asked to end; what it was told to ignore (``nohup``) stays ignored."""
    # A handler can be set in the main thread only; elsewhere nobody asks.
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = {number: signal.getsignal(number) for number in _ENDING}
    for number, present in before.items():
        if present is not signal.SIG_IGN:
            signal.signal(number, handler)
    try:
        yield
    finally:
        for number, present in before.items():
            # None stands for a handler that Python did not set and cannot set again.
            if present is not None:
                signal.signal(number, present)


def interrupt(number: int, frame: FrameType | None) -> None:
    """What every request to end does where nothing has to be finished first."""
    raise KeyboardInterrupt
