"""The gallery of the site: pages that quoteminer makes of the seeds, made anew with every build."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from docutils import nodes
from docutils.parsers.rst import Directive

import quoteminer
from quoteminer import Document
from quoteminer.pictures import page
from quoteminer.verification import page as page_of_verification

if TYPE_CHECKING:
    from sphinx.application import Sphinx

SEEDS: Final = Path(__file__).resolve().parents[2] / "seeds"
FOLDER: Final = "gallery"


class Shown(NamedTuple):
    """One page of the gallery."""

    name: str
    title: str
    tells: str
    make: Callable[[], str]


def _story(name: str, title: str, date: str = "") -> Document:
    text = (SEEDS / f"{name}.txt").read_text(encoding="utf-8")
    return Document(text, id=name, title=title, metadata={"date": date} if date else {})


def _of_the_corpus(id: str, title: str) -> Document:
    """A document of the open corpus, from a part that nothing is tested on."""
    language, writer, _ = id.split("-")
    for line in (SEEDS / language / f"{language}-{writer}.jsonl").read_text(encoding="utf-8").splitlines():
        record = json.loads(line)
        if record["id"] == id:
            return Document(record["text"], id=id, language=language, title=title)
    raise LookupError(id)


def _one(document: Callable[[], Document]) -> Callable[[], str]:
    return lambda: page(quoteminer.mine(document()))


def _many() -> str:
    stories = (
        ("wire-nato", "2026-01-01"),
        ("wire-ferry", "2026-01-04"),
        ("court-orchard", "2026-02-07"),
        ("press-release-turbines", "2026-02-10"),
        ("parliament-canals", "2026-03-13"),
        ("feature-bells", "2026-03-16"),
        ("live-blog-flood", "2026-04-19"),
    )
    documents = [_story(name, name.replace("-", " ").capitalize(), date) for name, date in stories]
    return page(quoteminer.mine_many(documents), title="Seven documents")


def _verified() -> str:
    debate = Document(
        "MS ILVES: We never said that the bridge would open in May. The council has twelve millions, and not one of them is spent.\n\n"
        "MR OKORO: Nobody asked the people of the island. That is the scandal.\n",
        id="debate",
        title="The debate",
    )
    article = Document(
        "“We said that the bridge would open in May,” Rosa Ilves told the council. “Nobody asked the people of the island,” said "
        "Ben Okoro. “Not one of them is spent,” Okoro added. “This bridge is a disgrace,” he said.",
        id="article",
        title="The article",
    )
    return page_of_verification(quoteminer.verify(article, [debate]))


PAGES: Final = (
    Shown("news", "A news story", "who is quoted how much, to whom they spoke, which claims deserve a check", _one(lambda: _story("wire-nato", "Ready to take risks"))),
    Shown("court", "A report from a court", "a quotation in a quotation, a statement that was read out", _one(lambda: _story("court-orchard", "Orchard in court"))),
    Shown("interview", "An interview", "questions and answers, and who gives them", _one(lambda: _story("interview-tides", "Tides"))),
    Shown("novel", "Fiction", "dialogue in which few turns name their speaker", _one(lambda: _story("fiction-lighthouse", "The lighthouse"))),
    Shown("german", "German", "indirect speech in the subjunctive", _one(lambda: _of_the_corpus("de-a-1", "Trinkwasser im Lerchtal"))),
    Shown("french", "French", "reports with a source behind them, words in marks inside of a report", _one(lambda: _of_the_corpus("fr-a-1", "Grève des mareyeurs"))),
    Shown("spanish", "Spanish", "a news agency: who informs, demands and warns", _one(lambda: _of_the_corpus("es-a-1", "Alerta de salud"))),
    Shown("many", "Seven documents", "quotations over time, a table of voices, claims by rank", _many),
    Shown("verification", "An article beside its source", "what is word for word, altered, said by another, or nowhere", _verified),
)  # fmt: skip


class Gallery(Directive):
    """A list of links to the pages; they are files beside the pages of the site, not pages of it."""

    def run(self) -> list[nodes.Node]:
        items = "".join(f'<li><a href="{FOLDER}/{shown.name}.html">{shown.title}</a>: {shown.tells}</li>' for shown in PAGES)
        return [nodes.raw("", f"<ul>{items}</ul>", format="html")]


def _write(app: Sphinx, failure: Exception | None) -> None:
    if failure is None and app.builder.format == "html":
        folder = Path(app.outdir) / FOLDER
        folder.mkdir(exist_ok=True)
        for shown in PAGES:
            (folder / f"{shown.name}.html").write_text(shown.make(), encoding="utf-8")


def setup(app: Sphinx) -> dict[str, Any]:
    app.add_directive("gallery", Gallery)
    app.connect("build-finished", _write)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
