"""A run of one target over many inputs: what goes wrong is made shorter, counted by its cause and kept."""

from __future__ import annotations

import contextlib
import signal
import time
import traceback
from collections.abc import Callable, Hashable, Iterator, Sequence
from pathlib import Path
from typing import Any, Final

from .mutation import to_bytes, to_text

#: Processor seconds for one short input; the longest take a few hundredths. A long one may take so much for each of its bytes.
TOO_LONG: Final = 2.0
HANGS: Final = 10.0
A_BYTE: Final = 40e-6
#: What takes longer than that goes wrong in this way.
_LONG: Final = "takes too long"
#: Seconds that making one input shorter may take.
PATIENCE: Final = 20.0


class BrokenError(AssertionError):
    """Something does not hold.

    Attributes:
        law: what does not, without anything of the text, so that inputs that break the same law in the same way count as one find.
    """

    def __init__(self, law: str, detail: str = "") -> None:
        super().__init__(f"{law}: {detail}" if detail else law)
        self.law = law


class Hangs(BaseException):
    """An input is over its time; no ``except Exception`` may swallow this."""


@contextlib.contextmanager
def stopped(seconds: float) -> Iterator[None]:
    """Raise :class:`Hangs` when the block takes more processor time; libFuzzer has the other alarms for itself."""

    def ring(*_: object) -> None:
        raise Hangs

    before = signal.signal(signal.SIGVTALRM, ring)
    signal.setitimer(signal.ITIMER_VIRTUAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)


class Session:
    """Runs one target on many inputs, counts them, and keeps what goes wrong."""

    def __init__(
        self,
        target: str,
        function: Callable[[bytes], Hashable],
        *,
        runs: int | None = None,
        seconds: float | None = None,
        finds: Path | None = None,
        too_long: float = TOO_LONG,
        hangs: float = HANGS,
        patience: float = PATIENCE,
        job: int = 0,
    ) -> None:
        self.target = target
        self.runs = self.exceptions = self.time_outs = self.characters = 0
        self.slowest = 0.0
        self.slowest_input = b""
        self.causes: dict[str, dict[str, Any]] = {}
        self._function = function
        self._most = runs
        self._started = time.monotonic()
        self._until = None if seconds is None else self._started + seconds
        self._finds = finds
        self._too_long = too_long
        self._hangs = hangs
        self._patience = patience
        self._job = job

    @property
    def over(self) -> bool:
        """Whether it has run for as long as it should."""
        return (self._most is not None and self.runs >= self._most) or (
            self._until is not None and time.monotonic() >= self._until
        )

    def run(self, data: bytes, name: str = "") -> Hashable:
        """One input, with a name by which it can be found again; gives what the target saw, ``None`` when it went wrong."""
        self.runs += 1
        self.characters += len(data)
        started = time.process_time()
        seen: Hashable = None
        cause = None
        try:
            with stopped(max(self._hangs, 5 * A_BYTE * len(data))):
                seen = self._function(data)
        except KeyboardInterrupt:
            raise
        except Hangs:
            self.time_outs += 1
            cause = "hangs"
        except BaseException as error:
            self.exceptions += 1
            cause = _cause(error)
        taken = time.process_time() - started
        limit = max(self._too_long, A_BYTE * len(data))
        if cause is None and taken > limit:
            # Once more, lest it was the collection of garbage or the first use of something.
            started = time.process_time()
            self._function(data)
            taken = time.process_time() - started
            if taken > limit:
                self.time_outs += 1
                cause = _LONG
        if taken > self.slowest:
            self.slowest, self.slowest_input = taken, data
        if cause is not None and (known := self.causes.setdefault(cause, {"count": 0}))["count"] == 0:
            known["name"] = name
            known["input"] = repr(to_text(data if cause in ("hangs", _LONG) else self._shorter(data, cause)))
            self._keep(cause, data)
        if cause is not None:
            self.causes[cause]["count"] += 1
        return seen

    def _shorter(self, data: bytes, cause: str) -> bytes:
        """An input that goes wrong in the same way and from which nothing can be left out."""

        def same(shorter: bytes) -> bool:
            try:
                with stopped(self._hangs):
                    self._function(shorter)
            except KeyboardInterrupt:
                raise
            except BaseException as error:
                return _cause(error) == cause
            return False

        text: Any = data if self.target == "merging" else to_text(data)
        bytes_of = (lambda item: item) if self.target == "merging" else to_bytes
        step = max(1, len(text) // 2)
        until = time.monotonic() + self._patience
        while step and time.monotonic() < until:
            at = 0
            while at < len(text):
                shorter = text[:at] + text[at + step :]
                if same(bytes_of(shorter)):
                    text = shorter
                else:
                    at += step
            step //= 2
        result: bytes = bytes_of(text)
        return result if same(result) else data

    def _keep(self, cause: str, data: bytes) -> None:
        if self._finds is not None:
            self._finds.mkdir(parents=True, exist_ok=True)
            name = f"{self.target}-{self._job}-{len(self.causes)}" if self._job else f"{self.target}-{len(self.causes)}"
            (self._finds / f"{name}.bin").write_bytes(data)
            (self._finds / f"{name}.txt").write_text(
                f"{cause}\n{self.causes[cause]['input']}\n{self.causes[cause]['name']}\n", encoding="utf-8"
            )

    def summary(self) -> dict[str, Any]:
        """What is known so far, as JSON values."""
        return {
            "target": self.target,
            "runs": self.runs,
            "bytes": self.characters,
            "exceptions": self.exceptions,
            "time_outs": self.time_outs,
            "slowest": round(self.slowest, 4),
            "slowest_input": repr(to_text(self.slowest_input))[:200],
            "seconds": round(time.monotonic() - self._started, 1),
            "causes": self.causes,
        }


def _cause(error: BaseException) -> str:
    """Where an error comes from, with who asked for it; inputs with one cause count as one find."""
    if isinstance(error, BrokenError):
        return error.law
    frames = [
        f"{Path(frame.filename).name}:{frame.lineno}"
        for frame in traceback.extract_tb(error.__traceback__)
        if ("quoteminer" in frame.filename or "hostile" in frame.filename) and frame.filename != __file__
    ]
    where = " < ".join(frames[:-3:-1]) or "?"
    return f"{type(error).__name__} at {where}" + (f": {str(error)[:80]}" if isinstance(error, AssertionError) else "")


def together(summaries: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """One summary of several processes that ran the same target at the same time; of a find in several the shortest input stands."""
    slowest = max(summaries, key=lambda summary: float(summary["slowest"]))
    causes: dict[str, dict[str, Any]] = {}
    for summary in summaries:
        for cause, found in summary["causes"].items():
            known = causes.get(cause)
            shortest = found if known is None or len(found["input"]) < len(known["input"]) else known
            causes[cause] = {**shortest, "count": found["count"] + (0 if known is None else known["count"])}
    return {
        **slowest,
        **{key: sum(summary[key] for summary in summaries) for key in ("runs", "bytes", "exceptions", "time_outs")},
        "seconds": max(summary["seconds"] for summary in summaries),
        "causes": causes,
    }
