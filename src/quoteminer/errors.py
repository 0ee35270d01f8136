"""The errors of quoteminer: one base class, each also the builtin that fits, each carrying what was wrong."""

from __future__ import annotations

from typing import Any, Final

_LONGEST_MESSAGE: Final = 2_000
#: What foreign code may raise without ending more than itself. All else that is no :class:`Exception` is how the program around us ends its
#: work (an interrupt by the user, time-outs and cancellations of servers), and passes.
CONTAINED: Final = (Exception, SystemExit, GeneratorExit)


class QuoteminerError(Exception):
    """Base of every error that quoteminer raises on purpose.

    The arguments of the constructor are kept as ``args``, so that errors survive pickling between processes.
    """


class SpanError(QuoteminerError, IndexError, ValueError):
    """A span is malformed or reaches outside its text.

    Attributes:
        field: the name of the field that holds the span, such as ``content``.
        value: the offending value.
    """

    def __init__(self, message: str, field: str = "span", value: Any = None) -> None:
        super().__init__(message, field, value)
        self.message = message
        self.field = field
        self.value = value

    def __str__(self) -> str:
        return self.message


class AnnotationError(QuoteminerError, ValueError):
    """A quote, speaker, claim or extraction has a field that cannot be.

    Attributes:
        field: the name of the field, such as ``Quote.kind``.
        value: the offending value.
    """

    def __init__(self, message: str, field: str = "", value: Any = None) -> None:
        super().__init__(message, field, value)
        self.message = message
        self.field = field
        self.value = value

    def __str__(self) -> str:
        return self.message


class UnknownIdError(AnnotationError, KeyError):
    """Nothing in an extraction has this id.

    Attributes:
        field: whose id it would be, such as ``Extraction.id`` for anything.
        value: the id that is not there.
    """


class UnknownSpeakerError(UnknownIdError):
    """There is no speaker with this id in an extraction.

    Attributes:
        field: ``Speaker.id``.
        value: the id that is not there.
    """


class FormatError(QuoteminerError, ValueError):
    """A file or record is not what its format says.

    Attributes:
        source: name of the file or stream.
        line: line number from 1, or ``None`` when the whole input is meant.
    """

    def __init__(self, message: str, source: str = "", line: int | None = None) -> None:
        super().__init__(message, source, line)
        self.message = message
        self.source = source
        self.line = line

    def __str__(self) -> str:
        where = self.source + (f":{self.line}" if self.line is not None else "")
        return f"{where}: {self.message}" if where else self.message


class PluginError(QuoteminerError, RuntimeError):
    """A plugin cannot be loaded, or two plugins get in each other's way.

    Attributes:
        plugin: entry-point name of the plugin.
    """

    def __init__(self, message: str, plugin: str = "") -> None:
        super().__init__(message, plugin)
        self.message = message
        self.plugin = plugin

    def __str__(self) -> str:
        return self.message


class ComponentError(QuoteminerError, RuntimeError):
    """A component failed on a document (raised under ``on_error="raise"`` only).

    Attributes:
        component: name of the component.
        document_id: id of the document.
    """

    def __init__(self, message: str, component: str = "", document_id: str = "") -> None:
        super().__init__(message, component, document_id)
        self.message = message
        self.component = component
        self.document_id = document_id

    def __str__(self) -> str:
        return self.message


class ConfigurationError(QuoteminerError, ValueError):
    """An option of the Miner or of the command line is not one of those that exist.

    Attributes:
        option: name of the option.
        value: what was given.
    """

    def __init__(self, message: str, option: str = "", value: Any = None) -> None:
        super().__init__(message, option, value)
        self.message = message
        self.option = option
        self.value = value

    def __str__(self) -> str:
        return self.message


class ArchiveError(QuoteminerError, RuntimeError):
    """An archive cannot be opened, read or written.

    Attributes:
        path: the file.
    """

    def __init__(self, message: str, path: str = "") -> None:
        super().__init__(message, path)
        self.message = message
        self.path = path

    def __str__(self) -> str:
        return f"{self.path}: {self.message}" if self.path else self.message


def describe(error: BaseException) -> str:
    """Kind and message of a foreign error, also of one whose own message fails; what is longer than a page is cut."""
    try:
        message = f"{type(error).__name__}: {error}"
    except CONTAINED:
        return type(error).__name__
    return message if len(message) <= _LONGEST_MESSAGE else f"{message[:_LONGEST_MESSAGE]}… ({len(message):,} characters)"


def shown(value: object) -> str:
    """``repr`` of a foreign value, also where that fails, as it does for integers of thousands of digits."""
    try:
        return str.__str__(repr(value))
    except CONTAINED:
        return f"<{type(value).__name__} that cannot be shown>"
