"""What the user sees while documents are mined: progress, issues; and when an interrupt may strike."""

from __future__ import annotations

import signal
import sys
import threading
from collections.abc import Callable, Iterator
from types import FrameType, TracebackType
from typing import TYPE_CHECKING, Self

import click

from ..annotations import Extraction, Issue

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID


class Watch:
    """Passes results on to a writer and reports what goes wrong on standard error.

    An interrupt (Ctrl-C) that comes while the writer has a result waits until it asks for the next, so that every document is
    written whole or not at all, by any writer. A second interrupt does not wait.

    Args:
        total: gives the number of documents for the progress bar, or ``None``; called only when there is one.
        shared: whether the results go to the terminal that shows the progress bar.

    Attributes:
        failed: whether some input or component failed.
    """

    def __init__(self, *, total: Callable[[], int | None], shared: bool) -> None:
        self.failed = False
        self._total = total
        self._shared = shared
        self._seen: dict[tuple[str, str, str], int] = {}
        self._progress: Progress | None = None
        self._task: TaskID | None = None
        self._writing = False
        self._pending = False
        self._before: object = None

    def __enter__(self) -> Self:
        # A handler can be set in the main thread only; elsewhere nobody presses Ctrl-C.
        if threading.current_thread() is threading.main_thread():
            self._before = signal.signal(signal.SIGINT, self._on_interrupt)
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        if self._before is not None:
            signal.signal(signal.SIGINT, self._before)  # type: ignore[arg-type]
        self._hide()
        for (severity, component, message), count in self._seen.items():
            if count > 1:
                click.echo(f"{severity}: {component}: {message} (the same in {count - 1} more)", err=True)

    def _on_interrupt(self, number: int, frame: FrameType | None) -> None:
        if self._writing and not self._pending:
            self._pending = True
            return
        raise KeyboardInterrupt

    def input_failed(self, issue: Issue) -> None:
        """Report something that could not be read."""
        self.failed = True
        self._say(f"{issue.severity}: {issue.message}")

    def results(self, extractions: Iterator[Extraction]) -> Iterator[Extraction]:
        """Pass the results on one by one; report their issues and the progress."""
        for count, extraction in enumerate(extractions, 1):
            for issue in extraction.issues:
                self._report(issue)
            if self._shared:
                self._hide()
            self._writing = True
            try:
                yield extraction
            finally:
                self._writing = False
            if self._pending:
                raise KeyboardInterrupt
            self._advance(count)

    def _report(self, issue: Issue) -> None:
        """Say each thing once: a plugin that cannot be loaded leaves its issue in every document."""
        if issue.severity == "error":
            self.failed = True
        key = (issue.severity, issue.component, issue.message)
        self._seen[key] = self._seen.get(key, 0) + 1
        if self._seen[key] == 1:
            self._say(f"{issue.severity}: {issue.document_id}: {issue.component}: {issue.message}")

    def _say(self, message: str) -> None:
        line = message.encode("utf-8", "backslashreplace").decode("utf-8")
        if self._progress is not None and self._progress.live.is_started:
            self._progress.console.print(line, markup=False, highlight=False, soft_wrap=True)
        else:
            click.echo(line, err=True)

    def _hide(self) -> None:
        if self._progress is not None:
            self._progress.stop()

    def _advance(self, count: int) -> None:
        if not sys.stderr.isatty():
            return
        if self._progress is None:
            total = self._total()
            if total is not None and total < 2:
                return
            from rich.console import Console
            from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

            self._progress = Progress(
                TextColumn("mining"),
                BarColumn(),
                MofNCompleteColumn(),
                TextColumn("documents"),
                TimeRemainingColumn(),
                console=Console(stderr=True),
                transient=True,
                redirect_stdout=False,
            )
            self._task = self._progress.add_task("mining", total=total)
        assert self._task is not None
        self._progress.update(self._task, completed=count)
        if not self._progress.live.is_started:
            self._progress.start()
