"""What a component looks like. Components are plain objects; nothing needs to be inherited."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import IO, Protocol, runtime_checkable

from ..annotations import Claim, Issue, Quote, Speaker
from ..document import Document
from ..extraction import Extraction


def most_results(size: int) -> int:
    """How many results a component may give for a text of ``size`` code points; one that gives more is not followed."""
    return 1_000 + size


@runtime_checkable
class Component(Protocol):
    """Every component has a name: its plugin's entry-point name, alone or followed by a dot and a part.

    It may have

    - ``languages``: tags of BCP 47 of the languages that it reads, such as ``("en", "de")``; without it, or with ``None``, it is given
      documents in any language;
    - ``places``: kinds of places of ``Document.origin``, such as ``("turn",)``; it is given only documents in which the reader of the file has noted
      one of these;
    - ``after`` and ``before``: names of components (or of plugins, for all of theirs) that work before it and behind it; without them the order is
      that of the names;
    - ``use_languages(packs)``, which is called once, before the first document, with a mapping from language to
      :class:`quoteminer.LanguagePack`;
    - ``version``, and ``manifest()``, which gives what else its results depend on, such as hashes of weights, as a mapping of JSON values. They stand
      in :meth:`quoteminer.Miner.manifest`.

    Arguments by keyword are handed only to methods that name them, so a method need not name what it does not use.
    """

    @property
    def name(self) -> str:
        """Such as ``rules.quotes``; stands in ``Provenance.extractor`` and in issues."""
        ...


@runtime_checkable
class QuoteExtractor(Component, Protocol):
    """Finds quotes.

    It may also have

    - ``extract_many(documents, *, scope)``, which gives one iterable of quotes a document;
    - ``silence``: how much it tells when this extractor does not find what another one does, as a factor for the odds of that find,
      above 0 and at most 1, or as a mapping from scope (``speech``, ``all``) to such a factor, or to factors by the kind of the find
      (``direct``, ``indirect``, ``mixed``; ``nested`` for what has a parent). Measure it on annotated texts: the share of right
      finds of others that it misses over the share of their wrong ones. Where it is low, the extractor also decides on boundaries and source.
      Without it 0.4 is taken. See :func:`quoteminer.merging.quotes.reconcile`;
    - ``explain(document, *, scope)``, which gives a text for ``quoteminer explain``: why it found what it found there, and why not what it did not.
    """

    def extract(self, document: Document) -> Iterable[Quote | Issue]:
        """The quotes of a document, in any order; ``id`` matters only where another quote, which it encloses, names it as ``parent``.

        An extractor that knows more than one scope names it, ``extract(self, document, *, scope="speech")``: it is ``speech`` or ``all``, what
        counts as a quotation (:data:`quoteminer.Scope`). An issue among them says what could not be done.
        """
        ...


@runtime_checkable
class SpeakerResolver(Component, Protocol):
    """Finds the entities behind the source mentions.

    ``resolve`` may also name ``speakers`` as an argument by keyword: those that resolvers before it have found, whom the quotes may name
    already. It may use their ids and need not give them back.
    """

    def resolve(self, document: Document, quotes: Sequence[Quote]) -> tuple[Sequence[Quote], Sequence[Speaker | Issue]]:
        """The same quotes with ``speaker`` and ``addressee`` set, and the speakers whose ids they name.

        What a resolver before has set stays, unless this one declares by ``after`` that it comes behind that. An issue among the speakers says
        what could not be done.
        """
        ...


@runtime_checkable
class SpeakerLinker(Component, Protocol):
    """Says more of finished speakers, such as who of a newsroom's list they are."""

    def link(
        self, document: Document, quotes: Sequence[Quote], speakers: Sequence[Speaker]
    ) -> tuple[Sequence[Quote], Sequence[Speaker | Issue]]:
        """The quotes and speakers, whom it may rename, join (the quotes then name one of them), or give role, kind, identifiers and attributes.

        An issue among the speakers says what could not be done.
        """
        ...


@runtime_checkable
class ClaimExtractor(Component, Protocol):
    """Finds claims in quotes and in the document's own voice.

    It may also have ``silence``: how much it tells when this extractor does not find what another one does, as a factor for the odds of that find, above 0
    and at most 1, or as a mapping from scope (``speech``, ``all``) to such a factor. Where it is low, the extractor also decides on boundaries and kind, and
    its scores weigh more. Without it 0.5 is taken. See :func:`quoteminer.merging.claims.reconcile_claims`.
    """

    def extract(self, document: Document, quotes: Sequence[Quote], speakers: Sequence[Speaker]) -> Iterable[Claim | Issue]:
        """The claims of a document; ``claimant`` and ``quote`` name ids of the speakers and quotes given.

        An issue among them says what could not be done.
        """
        ...


@runtime_checkable
class Reader(Component, Protocol):
    """Reads documents of one format."""

    @property
    def suffixes(self) -> tuple[str, ...]:
        """File name endings, lower case with the dot."""
        ...

    def read(self, source: Path | IO[bytes], *, language: str = "en", name: str = "") -> Iterable[Document | Issue]:
        """The documents of a file or binary stream; an ``Issue`` stands for each record that cannot be read."""
        ...


@runtime_checkable
class Writer(Component, Protocol):
    """Writes extractions in one format."""

    @property
    def suffixes(self) -> tuple[str, ...]:
        """File name endings, lower case with the dot."""
        ...

    def write(self, extractions: Iterable[Extraction], stream: IO[bytes]) -> None:
        """Write all extractions to a binary stream; a record is written in one piece."""
        ...
