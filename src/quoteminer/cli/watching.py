"""What the user sees while documents are mined: progress, issues; and when a request to end may strike."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Callable, Generator, Iterator
from types import FrameType, TracebackType
from typing import TYPE_CHECKING, Final, Self

from ..extraction import Extraction
from ..text.progress import listening
from .console import printable, say
from .outputs import Output
from .process import ended_by
from .reports import Reports

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID


#: Code points: mining a shorter document takes less than a second.
_LONG: Final = 500_000


class Watch:
    """Passes results on to a writer and reports what goes wrong on standard error.

    A request to end (Ctrl-C, SIGTERM, SIGHUP) that comes while the writer has a result waits until it asks for the next, so that every
    document is written whole or not at all, by any writer. A second one does not wait.

    Args:
        output: where the results go.
        total: gives the number of documents for the progress bar, or ``None``; called only when there is one.
        done: how many of them were done before and are not among the results.

    Attributes:
        reports: takes what goes wrong.
        taken: number of results that were passed on.
        found: whether there was a quotation or claim in any.
        exhausted: whether all results were passed on.
        failure: what ended them early.
    """

    def __init__(self, output: Output, *, total: Callable[[], int | None], done: Callable[[], int] = lambda: 0) -> None:
        self.reports = Reports(self._say)
        self.taken = 0
        self.found = False
        self.exhausted = False
        self.failure: BaseException | None = None
        self._output = output
        self._total = total
        self._done = done
        self._progress: Progress | None = None
        self._task: TaskID | None = None
        self._part: TaskID | None = None
        self._told = 0
        self._writing = False
        self._pending = False
        self._signals = contextlib.ExitStack()

    def __enter__(self) -> Self:
        self._signals.enter_context(ended_by(self._on_request))
        if sys.stderr.isatty():
            self._signals.enter_context(listening(self._inside))
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._signals.close()
        self._hide()
        self.reports.close()

    def _on_request(self, number: int, frame: FrameType | None) -> None:
        first, self._pending = not self._pending, True
        # Python drops an exception that strikes while it clears away an object; then the next result ends the work.
        if first and (self._writing or _clearing_away(frame)):
            return
        raise KeyboardInterrupt

    def results(self, extractions: Iterator[Extraction]) -> Iterator[Extraction]:
        """Pass the results on one by one; report their issues and the progress."""
        try:
            for extraction in extractions:
                if self._pending:
                    raise KeyboardInterrupt
                for issue in extraction.issues:
                    self.reports.report(issue, f"{issue.document_id}: {issue.component}: ")
                self.found = self.found or bool(extraction.quotes or extraction.claims)
                if self._output.terminal:
                    # A progress bar and results on one terminal take turns.
                    self._hide()
                self._writing = True
                try:
                    yield extraction
                finally:
                    self._writing = False
                self._output.end_record()
                self.taken += 1
                if self._pending:
                    raise KeyboardInterrupt
                self._advance()
            self.exhausted = True
        except GeneratorExit:
            raise
        except BaseException as error:
            self.failure = error
            raise
        finally:
            if isinstance(extractions, Generator):
                extractions.close()  # which ends worker processes now

    def _say(self, message: str) -> None:
        if self._progress is not None and self._progress.live.is_started:
            self._progress.console.print(printable(message), markup=False, highlight=False, soft_wrap=True)
        else:
            say(message)

    def _hide(self) -> None:
        if self._progress is not None:
            self._progress.stop()

    def _advance(self) -> None:
        if not sys.stderr.isatty():
            return
        if self._task is None:
            total = self._total()
            if total is not None and total < 2:
                return
            self._task = self._bar().add_task("mining", total=total, unit="documents")
        self._bar().update(self._task, completed=self.taken + self._done())
        if self._part is not None:
            self._bar().update(self._part, visible=False)
        self._show()

    def _inside(self, component: str, done: int, total: int) -> None:
        """Progress within a document that is long enough for somebody to wait for it."""
        if total < _LONG or 0 < done - self._told < total // 200:
            return
        self._told = done
        if self._part is None:
            self._part = self._bar().add_task("", total=total, unit="characters")
        self._bar().update(self._part, description=printable(component), total=total, completed=done, visible=True)
        self._show()

    def _bar(self) -> Progress:
        if self._progress is None:
            from rich.console import Console
            from rich.progress import (
                BarColumn,
                MofNCompleteColumn,
                Progress,
                ProgressColumn,
                Task,
                TextColumn,
                TimeRemainingColumn,
            )
            from rich.text import Text

            class Rate(ProgressColumn):
                """How many a second."""

                def render(self, task: Task) -> Text:
                    return Text(
                        "" if task.speed is None else f"{task.speed:,.0f}/s" if task.speed >= 10 else f"{task.speed:.1f}/s"
                    )

            self._progress = Progress(
                TextColumn("{task.description}", markup=False),
                BarColumn(),
                MofNCompleteColumn(),
                TextColumn("{task.fields[unit]}"),
                Rate(),
                TimeRemainingColumn(),
                console=Console(stderr=True),
                transient=True,
                redirect_stdout=False,
            )
        return self._progress

    def _show(self) -> None:
        if not self._bar().live.is_started:
            self._bar().start()


def _clearing_away(frame: FrameType | None) -> bool:
    """Whether the method of an object that is cleared away is at work."""
    while frame is not None:
        if frame.f_code.co_name == "__del__":
            return True
        frame = frame.f_back
    return False
