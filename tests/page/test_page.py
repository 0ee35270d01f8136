"""What stands in the page: everything, once, as text, and nothing from elsewhere."""

from __future__ import annotations

import pickle
import re
import subprocess
import sys
from html.parser import HTMLParser

import attrs
import matplotlib as mpl
import pytest

from quoteminer.evaluation import Report, evaluate
from quoteminer.evaluation.metrics import GROUPS
from quoteminer.evaluation.page import page
from quoteminer.evaluation.plots import plots

from .conftest import HOSTILE, all_causes, compared


class Elements(HTMLParser):
    """The elements with their attributes, and the text in those of a kind."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.texts: dict[str, list[str]] = {"blockquote": [], "article": [], "title": [], "h1": [], "li": [], "td": []}
        self._open: list[str] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag, attributes):
        self.found.append((tag, dict(attributes)))
        if tag in self.texts:
            self._open.append(tag)
            self.texts[tag].append("")

    def handle_endtag(self, tag):
        if tag in self._open:
            self._open.remove(tag)

    def handle_data(self, data):
        for tag in self._open:
            self.texts[tag][-1] += data

    def attributes(self, name):
        return [values[name] or "" for _, values in self.found if name in values]


@pytest.fixture(scope="module")
def text(report: Report) -> str:
    return page(report)


@pytest.fixture(scope="module")
def elements(text: str) -> Elements:
    return Elements(text)


def shown(text: str) -> str:
    """As the page shows it: what HTML cannot carry is replaced, one for one."""
    return re.sub(r"[\x00\ud800-\udfff]", "\N{REPLACEMENT CHARACTER}", text)


def test_every_error_is_there_with_its_passage(report, elements):
    groups = list(report.causes())
    errors = sorted(report.errors, key=lambda error: groups.index(error.causes[0]))
    articles = [values for tag, values in elements.found if tag == "article"]
    assert [values["data-document"] for values in articles] == [shown(error.document_id) for error in errors]
    assert [values["data-cause"] for values in articles] == ["\n".join(error.causes) for error in errors]
    assert elements.texts["blockquote"] == [shown(error.text) for error in errors]
    for said, error in zip(elements.texts["article"], errors, strict=True):
        for passage in (*error.gold, *error.found):
            if passage.detail:
                assert shown(passage.detail) in said
            if passage.confidence is not None:
                assert f"confidence {passage.confidence:.2f}" in said
            if passage.speaker:
                assert shown(passage.speaker) in said


def test_what_differs_is_said(report, elements):
    (wrong,) = (said for said in elements.texts["article"] if "Ten eleven" in said)
    assert "speaker ≠ Gus" in wrong
    assert "speaker ≠ Hal" in wrong
    assert "≠ direct" in wrong
    assert "≠ mixed" in wrong
    assert "source he" in wrong


def test_every_metric_issue_and_name_is_there(report, text, elements):
    for metrics in GROUPS.values():
        for metric in metrics:
            if metric.name in report.all.metrics:
                assert f"<bdi>{metric.title}</bdi>" in text
    assert f"{report.all.metrics['exact'].f1:.3f}" in elements.texts["td"]
    assert elements.texts["h1"] == [report.system]
    assert elements.texts["title"] == [f"{report.system}: quoteminer evaluate"]
    assert any(report.issues[0].message in item and item.startswith("error") for item in elements.texts["li"])
    assert "<bdi>&lt;i&gt;odd&lt;/i&gt;</bdi>" in text


def test_texts_never_become_markup(text, elements):
    """The only elements and handlers are those of the template."""
    names = [tag for tag, _ in elements.found]
    assert names.count("script") == 1
    assert "img" not in names
    assert not [name for _, values in elements.found for name in values if name.startswith("on")]
    assert HOSTILE not in text
    assert "\x00" not in text
    text.encode("utf-8")


def test_nothing_comes_from_elsewhere(text, elements):
    for name in ("href", "src", "action", "srcset", "data", "poster", "xlink:href", "formaction"):
        for value in elements.attributes(name):
            assert value.startswith("#") or value == "data:,", value
    assert not re.search(r"https?:|ftp:|@import|url\((?!#)", text)
    assert not re.search(r"""["'(=]\s*//""", text)


def test_references_lead_to_one_element(text, elements):
    ids = elements.attributes("id")
    assert len(ids) == len(set(ids))
    wanted = [value[1:] for value in elements.attributes("href") if value.startswith("#")]
    wanted += re.findall(r"url\(#([^)]+)\)", text)
    wanted += elements.attributes("aria-labelledby") + elements.attributes("list")
    assert len(wanted) > 10
    assert set(wanted) <= set(ids)


def test_equal_reports_give_equal_pages(report, text):
    """In another process with another order of sets, and whatever style someone likes for plots."""
    program = "import pickle, sys; from quoteminer.evaluation.page import page; sys.stdout.buffer.write(page(pickle.load(sys.stdin.buffer)).encode())"
    done = subprocess.run([sys.executable, "-c", program], input=pickle.dumps(report), capture_output=True, check=True)
    assert done.stdout.decode() == text
    with mpl.rc_context({"lines.linewidth": 9, "font.family": "monospace", "svg.fonttype": "path"}):
        assert page(report) == text
        assert mpl.rcParams["lines.linewidth"] == 9


def test_plots_say_what_they_show(report):
    drawn = {plot.name: plot for plot in plots(report)}
    assert list(drawn) == ["trade-off", "thresholds", "kinds", "lengths", "reliability-quote", "reliability-attribution"]
    error = report.calibration["quote"].error
    assert f"Expected calibration error {error:.3f}" in drawn["reliability-quote"].note
    assert len(drawn["lengths"].rows) == len(report.lengths)
    assert drawn["kinds"].rows[0][0] == "direct"
    for plot in drawn.values():
        assert plot.svg.startswith("<svg viewBox=")
        # Every colour is one of the page, so that it changes with light and dark.
        assert not re.search(r"#[0-9a-fA-F]{6}\b", plot.svg)
        assert "DejaVu" not in plot.svg


def test_a_faultless_or_empty_report_is_a_page_too():
    gold = [(identifier, corpus, text, quotes, quotes) for identifier, corpus, text, quotes, _ in all_causes()[:2]]
    faultless = page(compared(gold))
    assert "There is none." in faultless
    assert "<article" not in faultless
    nothing = page(compared([("d", "c", "Nobody speaks.", [], [])], system=""))
    assert "There is no quotation to plot." in nothing
    assert "predictions</bdi>" in nothing
    assert page(evaluate([], [], samples=5)).startswith("<!DOCTYPE html>")


def test_long_curves_are_thinned_in_the_table(report):
    from quoteminer.evaluation import CurvePoint

    curve = tuple(CurvePoint(threshold=1 - i / 1000, precision=0.5, recall=i / 1000) for i in range(1000))
    (thresholds,) = (plot for plot in plots(attrs.evolve(report, curve=curve)) if plot.name == "thresholds")
    assert len(thresholds.rows) == 20
