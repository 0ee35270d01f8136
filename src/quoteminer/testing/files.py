"""The contracts of readers and writers."""

from __future__ import annotations

import io
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import IO, Any, ClassVar

import attrs
from hypothesis import given, settings
from hypothesis import strategies as st

from ..annotations import Issue, Quote, Speaker
from ..document import Document
from ..errors import FormatError
from ..extraction import Extraction
from ..plugins.protocols import Reader, Writer
from . import running
from .contract import TOO_STEEP, Contract, fail, growth, pickled, shown
from .texts import HOSTILE

#: What a file may begin with that is not what its suffix says.
HOSTILE_BYTES = {
    "no bytes": b"",
    "blanks": b" \r\n\t\n",
    "nul": b"\0" * 40,
    "all bytes": bytes(range(256)),
    "bytes that are no UTF-8": b"\xff\xfe\x80abc\xc3",
    "UTF-16": "“Yes,” said Ann.".encode("utf-16"),
    "a byte order mark": b"\xef\xbb\xbf",
    "brackets": b"[" * 3000,
    "braces": b"{" * 3000,
    "tags": b"<a>" * 2000,
    "quotation marks": b'"' * 3001,
    "JSON": b'{"text": 1}\n[]\nnull\n{"text": "a", "id": []}\n"',
    "a table": b'a,b\n"1\n2",\n,,,,\n',
    "a packed file": b"PK\x03\x04\x14\x00\x00\x00\x08\x00" + b"\x01" * 50,
    "an image": b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR",
}


class _FileContract(Contract):
    def test_suffixes(self) -> None:
        """File name endings are what the host compares with."""
        component = self.component()
        suffixes = component.suffixes
        if not isinstance(suffixes, tuple) or any(
            not isinstance(suffix, str) or not suffix.startswith(".") or suffix != suffix.lower() or len(suffix) < 2
            for suffix in suffixes
        ):
            fail(
                f"{component.name}.suffixes is {suffixes!r}.",
                'Give a tuple of lower-case endings with their dot, such as (".tei", ".xml").',
            )


class ReaderContract(_FileContract):
    """What the host and its users count on in a reader.

    Attributes:
        make: the class of the reader, or a function without arguments that makes one.
        example: the bytes of a file with at least one document.
        holds: the texts of its documents, exactly and in order; ``None`` for anything.
    """

    example: ClassVar[bytes] = b""
    holds: ClassVar[Sequence[str] | None] = None
    _method = "read"
    _protocol = Reader

    def __init_subclass__(cls, **options: Any) -> None:
        super().__init_subclass__(**options)
        if "test_any_bytes" not in vars(cls):
            cls.test_any_bytes = _any_bytes_property()  # type: ignore[attr-defined]

    def _example_result(self, component: Any) -> Any:
        return running.read(component, self.example, name="example")

    def _example_payload(self, make: Any, component: Any) -> bytes:
        return pickled(_read_example, make, component, (self.example,))

    def _read(self, component: Any, data: bytes, on: str) -> list[Document | Issue]:
        __tracebackhide__ = True
        try:
            found: list[Document | Issue] = self._call(running.read, component, data, on=on)
        except AssertionError as error:
            if isinstance(error.__cause__, FormatError):
                return []
            raise
        for item in found:
            if not isinstance(item, (Document, Issue)):
                fail(
                    f"{component.name}.read gave {item!r}, on {on}.",
                    "Yield a Document for each record, and an Issue for each that cannot be read.",
                )
            if isinstance(item, Issue) and item.component != component.name:
                fail(
                    f"{component.name}.read gave an issue of {item.component!r}, on {on}.",
                    "The first argument of Issue is the name of the component.",
                )
        ids = [item.id for item in found if isinstance(item, Document)]
        if len(set(ids)) < len(ids) and data == self.example:
            fail(f"{component.name}.read gave two documents with one id, on {on}.", "Number the records: f'{name}-{number}'.")
        return found

    def test_example_found(self) -> None:
        """The documents of the example, with the texts that ``holds`` names."""
        component = self.component()
        found = self._read(component, self.example, "the example")
        issues = [item for item in found if isinstance(item, Issue)]
        texts = [item.text for item in found if isinstance(item, Document)]
        if issues or not texts:
            fail(
                f"{component.name} reads {len(texts)} documents from the example, with issues: {issues}.",
                "Write `example = b'…'` with at least one document, or mend the component.",
            )
        if self.holds is not None and texts != list(self.holds):
            fail(f"{component.name} reads {texts} from the example, not {list(self.holds)}.", "Texts are kept exactly as given.")

    def test_file_as_stream(self) -> None:
        """A path gives what a stream gives; a stream stays open; ``language`` and ``name`` are heeded."""
        component = self.component()
        expected = [item.text for item in self._read(component, self.example, "the example") if isinstance(item, Document)]
        suffix = component.suffixes[0] if component.suffixes else ""
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder, f"example{suffix}")
            path.write_bytes(self.example)
            found = [item.text for item in component.read(path) if isinstance(item, Document)]
            missing = Path(folder, f"missing{suffix}")
            try:
                outcome = list(component.read(missing))
            except (FormatError, OSError):
                outcome = [Issue(component.name, str(missing), "missing")]
            if not outcome or not all(isinstance(item, Issue) for item in outcome):
                fail(
                    f"{component.name}.read gives {outcome!r} for a file that does not exist.",
                    "Yield an Issue, or let the OSError pass; the host reports it.",
                )
        if found != expected:
            fail(f"{component.name}.read gives something else for a path than for a stream.", "Open the path in mode 'rb'.")
        stream = io.BytesIO(self.example)
        list(component.read(stream))
        if stream.closed:
            fail(f"{component.name}.read closes the stream it was given.", "Close only what the reader opened itself.")
        for item in component.read(io.BytesIO(self.example), language="xx", name="given-name"):
            if isinstance(item, Document) and item.language not in ("xx", *_languages(component, self.example)):
                fail(
                    f"{component.name}.read ignores `language`: {item.language!r} instead of 'xx'.",
                    "Pass language=language to Document, unless the file itself names the language.",
                )

    def test_hostile_bytes(self) -> None:
        """What is no file of this format becomes issues (or a ``FormatError``), no other exception."""
        component = self.component()
        cases = dict(HOSTILE_BYTES)
        step = max(1, len(self.example) // 40)
        cases |= {f"the example cut at byte {cut}": self.example[:cut] for cut in range(0, len(self.example), step)}
        cases |= {f"the example from byte {cut}": self.example[cut:] for cut in range(1, len(self.example), step)}
        for name, data in cases.items():
            self._read(component, data, name)

    def test_time_grows_as_the_file(self) -> None:
        """Twice the file takes twice the time."""
        component = self.component()
        for name, unit in (("the example", self.example), ("quotation marks", b'"'), ("blanks", b" "), ("brackets", b"<[{")):
            if not unit:
                continue

            def work(size: int, name: str = name, unit: bytes = unit) -> None:
                self._read(component, unit * (size // len(unit) + 1), f"{size:,} bytes of {name} again and again")

            size, factor = growth(work)
            if factor > TOO_STEEP:
                fail(
                    f"{component.name}.read takes {factor:.1f} times as long for twice the file ({name}, from {size:,} bytes).",
                    "Read record by record; do not look again at what has been read.",
                )


def _languages(component: Any, data: bytes) -> set[str]:
    """Languages that stand in the file itself: those that do not follow the argument."""
    one = [item.language for item in component.read(io.BytesIO(data), language="de") if isinstance(item, Document)]
    two = [item.language for item in component.read(io.BytesIO(data), language="fr") if isinstance(item, Document)]
    return {a for a, b in zip(one, two, strict=False) if a == b and a.lower().encode() in data.lower()}


def _any_bytes_property() -> Callable[..., None]:
    @settings(deadline=None)
    @given(st.data())
    def test_any_bytes(self: ReaderContract, data: st.DataObject) -> None:
        """Any bytes, and the example with any bytes in it."""
        start = data.draw(st.integers(0, len(self.example)))
        end = data.draw(st.integers(start, len(self.example)))
        drawn = data.draw(st.binary(max_size=40) | st.text(max_size=20).map(lambda text: text.encode("utf-8", "surrogatepass")))
        self._read(self.component(), self.example[:start] + drawn + self.example[end:], f"{drawn!r} at byte {start}")

    return test_any_bytes


def _read_example(component: Any, data: bytes) -> list[Document | Issue]:
    return running.read(component, data, name="example")


def an_extraction(text: str = "“Yes,” said Ann.", id: str = "a") -> Extraction:
    """A small extraction of any text."""
    document = Document(text, id=id)
    if len(text) < 2:
        return Extraction(document)
    quote = Quote([(0, len(text) - 1)], "direct", source=(len(text) - 1, len(text)), speaker="s1", id="q1")
    return Extraction(document, [quote], [Speaker("s1", "Ann", mentions=[(len(text) - 1, len(text))])])


class _Stream(io.BytesIO):
    """Remembers that somebody closed it."""

    closings = 0

    def close(self) -> None:
        self.closings += 1


class WriterContract(_FileContract):
    """What the host and its users count on in a writer.

    Attributes:
        make: the class of the writer, or a function without arguments that makes one.
        example: an extraction; there is one if you give none.
        reader: the class of a reader of the format, where what is written must be read back with its texts.
    """

    example: ClassVar[Extraction] = an_extraction()
    reader: ClassVar[Any] = None
    _method = "write"
    _protocol = Writer

    def __init_subclass__(cls, **options: Any) -> None:
        super().__init_subclass__(**options)
        if "test_any_extraction" not in vars(cls):
            cls.test_any_extraction = _any_extraction_property()  # type: ignore[attr-defined]

    def _example_result(self, component: Any) -> Any:
        return running.write(component, [self.example])

    def _example_payload(self, make: Any, component: Any) -> bytes:
        return pickled(running.write, make, component, ([self.example],))

    def _write(self, component: Any, extractions: Sequence[Extraction], on: str) -> bytes:
        __tracebackhide__ = True
        before = _in_full(extractions)
        written: bytes = self._call(running.write, component, extractions, on=on)
        if _in_full(extractions) != before:
            fail(f"{component.name}.write changes an extraction, on {on}.", "Make changed copies with attrs.evolve.")
        reader = inspect_reader(self)
        if reader is not None:
            back = running.read(reader, written)
            texts = [item.text if isinstance(item, Document) else item for item in back]
            if texts != [extraction.document.text for extraction in extractions]:
                fail(
                    f"What {component.name} wrote is read back as {shown(repr(texts))}, on {on}.",
                    "Escape what the format needs for itself, so that every text comes back as it was.",
                )
        return written

    def test_example_written(self) -> None:
        """One extraction gives some bytes; two give more."""
        component = self.component()
        one = self._write(component, [self.example], "the example")
        if not one:
            fail(f"{component.name}.write writes nothing for the example.", "Write to the stream that is given.")
        two = self._write(component, [self.example, an_extraction("“No,” said Bo.", "b")], "two extractions")
        if len(two) <= len(one):
            fail(f"{component.name}.write writes no more for two extractions than for one.", "Go through all extractions.")

    def test_no_extractions(self) -> None:
        """An empty batch is a valid file, or an empty one."""
        self._write(self.component(), [], "no extractions")

    def test_stream_stays_open(self) -> None:
        """The stream belongs to the host: it is neither closed nor moved, and may be a pipe."""
        component = self.component()
        stream = _Stream()
        component.write(iter([self.example]), stream)
        if stream.closings:
            fail(f"{component.name}.write closes the stream it was given.", "Leave it open; detach a TextIOWrapper at the end.")

        class Pipe(io.RawIOBase):
            def writable(self) -> bool:
                return True

            def write(self, data: Any) -> int:
                return len(data)

        pipe: IO[bytes] = Pipe()  # type: ignore[assignment]
        try:
            component.write(iter([self.example]), pipe)
        except (OSError, io.UnsupportedOperation) as error:
            fail(f"{component.name}.write cannot write to a pipe: {error!r}.", "Write forward only: no seek, tell or read.")

    def test_writes_as_it_goes(self) -> None:
        """Results are written as they come: an endless batch does not fill the memory, and a killed one keeps what was done."""
        component = self.component()
        stream = io.BytesIO()
        sizes: list[int] = []

        def extractions() -> Any:
            for number in range(200):
                sizes.append(len(stream.getvalue()))
                yield an_extraction("“Yes,” said Ann. " * 40, f"d{number}")

        component.write(extractions(), stream)
        if len(sizes) < 200 or sizes[-1] <= sizes[1]:
            fail(
                f"{component.name}.write holds everything back until the last extraction has come.",
                "Write, and flush, each extraction before asking for the next.",
            )

    def test_hostile_texts(self) -> None:
        """Every text can be written: lone surrogates, control characters, the format's own signs."""
        component = self.component()
        for name, text in HOSTILE.items():
            self._write(component, [an_extraction(text)], f"the hostile text {name!r}, {shown(text)}")

    def test_time_grows_as_the_text(self) -> None:
        """Twice the text takes twice the time."""
        component = self.component()

        def work(size: int) -> None:
            self._write(component, [an_extraction("“Yes,” said Ann. " * (size // 16))], f"{size:,} characters")

        size, factor = growth(work)
        if factor > TOO_STEEP:
            fail(
                f"{component.name}.write takes {factor:.1f} times as long for twice the text (from {size:,} characters).",
                "Collect pieces in a list and join them once.",
            )


def inspect_reader(contract: WriterContract) -> Any:
    """A new reader of the format, if the contract names one."""
    make = type(contract).reader
    return None if make is None else make()


def _in_full(extractions: Sequence[Extraction]) -> str:
    """All fields of extractions, also of those that were changed into what they cannot be; their own ``repr`` is short."""
    return repr([[getattr(one, field.name) for field in attrs.fields(Extraction)] for one in extractions])


def _any_extraction_property() -> Callable[..., None]:
    from .strategies import extractions

    @settings(deadline=None)
    @given(st.data())
    def test_any_extraction(self: WriterContract, data: st.DataObject) -> None:
        """Whatever hypothesis draws."""
        extraction = data.draw(extractions(), label="extraction")
        self._write(self.component(), [extraction], f"an extraction of {shown(extraction.document.text)}")

    return test_any_extraction
