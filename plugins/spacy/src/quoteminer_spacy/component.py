"""The component ``quoteminer`` of a spaCy pipeline."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc  # noqa: TC002 - spaCy and attrs read annotations

from quoteminer import Document, Miner, OnError, Scope
from quoteminer_spacy_linker import PLUGIN, Entities

from .groups import fill
from .views import keep


class QuoteminerPipe:
    """Mines each Doc that comes through.

    Args:
        plugins: names of the plugins of quoteminer; ``None`` for all that are installed.
        block: names of plugins never to import.
        scope: what counts as a quotation.
        on_error: as for :class:`quoteminer.Miner`.
        time_limit: seconds for one component of quoteminer and one Doc.
        entities: whether the entities that the pipeline has found before say who a speaker is.
        prefix: begins the names of the groups of spans.
    """

    def __init__(
        self,
        plugins: Sequence[str] | None = None,
        block: Sequence[str] = (),
        scope: Scope = "speech",
        on_error: OnError = "collect",
        time_limit: float | None = None,
        entities: bool = True,
        prefix: str = "",
    ) -> None:
        self._options = (plugins, tuple(block), scope, on_error, time_limit, entities, prefix)
        self._prefix = prefix
        self._entities = Entities() if entities else None
        chosen: list[str | object] | None = None if plugins is None else list(plugins)
        if self._entities is not None:
            if chosen is None:
                # All that are installed, as the environment has them, and ours with what it is handed Doc by Doc.
                infos = Miner(block=block).plugins()
                chosen = [info.name for info in infos if info.status not in ("blocked", "not allowed")]
            chosen = [*(name for name in chosen if name != PLUGIN), self._entities]
        self._miner = Miner(chosen, block=block, scope=scope, on_error=on_error, time_limit=time_limit)

    def __reduce__(self) -> tuple[type[QuoteminerPipe], tuple[Any, ...]]:
        return QuoteminerPipe, self._options

    def __call__(self, doc: Doc) -> Doc:
        """Mine one Doc."""
        return next(self.pipe([doc]))

    def pipe(self, stream: Iterable[Doc], batch_size: int = 1) -> Iterator[Doc]:
        """Mine Docs as they come; what reads several at once, such as trained extractors, is given several."""
        waiting: deque[Doc] = deque()

        def documents() -> Iterator[Document]:
            for doc in stream:
                waiting.append(doc)
                text = doc.text  # which is put together of its tokens each time
                if self._entities is not None and doc.ents:
                    self._entities.take(doc, text)
                yield Document(text, language="und" if doc.lang_ in ("", "xx") else doc.lang_)

        for extraction in self._miner.mine_many(documents()):
            doc = waiting.popleft()
            keep(doc, extraction)
            fill(doc, self._prefix)
            yield doc


def make(
    nlp: Language,
    name: str,
    plugins: list[str] | None,
    block: list[str],
    scope: Scope,
    on_error: OnError,
    time_limit: float | None,
    entities: bool,
    prefix: str,
) -> QuoteminerPipe:
    """The component for a pipeline, with the settings of its configuration."""
    return QuoteminerPipe(plugins, block, scope, on_error, time_limit, entities, prefix)


_factory: Callable[..., Any] = Language.factory
_factory(
    "quoteminer",
    assigns=["doc._.quotes", "doc._.extraction", "doc.spans"],
    default_config={
        "plugins": None,
        "block": [],
        "scope": "speech",
        "on_error": "collect",
        "time_limit": None,
        "entities": True,
        "prefix": "",
    },
    func=make,
)
