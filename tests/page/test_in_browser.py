"""The page in a real browser: it opens quietly, its filters show the right errors, and no text in it comes alive."""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path

import pytest

from quoteminer import Claim, Document, Extraction, Issue, Quote, Speaker
from quoteminer.evaluation import Report
from quoteminer.evaluation.page import page

from .conftest import HOSTILE, compared, quote

if sys.platform == "win32":
    pytest.skip("the debugging pipe needs POSIX", allow_module_level=True)

from .browser import Tab, set_to, settle

SHOWN = "[...document.querySelectorAll('article')].filter(item => item.checkVisibility()).map(item => item.dataset.document)"
COUNT = "document.getElementById('count').textContent"
PARROT = "Look </script><script>window.harmed = 1</script> there,"


@pytest.fixture(scope="module")
def address(report: Report, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("page") / "report.html"
    path.write_text(page(report), encoding="utf-8")
    return path


@pytest.fixture
def opened(tab: Tab, address: Path) -> Tab:
    tab.complaints.clear()
    tab.requests.clear()
    tab.open(address)
    return tab


def test_it_opens_quietly_with_every_error(opened, report, address):
    assert opened.run(SHOWN) == [error.document_id for error in sorted_by_group(report)]
    assert opened.run(COUNT) == f"{len(report.errors)} errors"
    assert opened.complaints == []
    assert opened.requests == [address.as_uri()]


def sorted_by_group(report):
    groups = list(report.causes())
    return sorted(report.errors, key=lambda error: groups.index(error.causes[0]))


def test_an_extraction_in_a_notebook_is_only_text(tab, tmp_path):
    """No words, name, title or message of an extraction come alive; the story reads as it is, its newlines too."""
    extraction = Extraction(
        Document(HOSTILE, title="<script>window.harmed = 1</script>"),
        [Quote([(4, 20)], "direct", speaker="s", cue=[(60, 64)], id='"><img src=x onerror=window.harmed=1>')],
        [Speaker("s", "<img src=x onerror=window.harmed=1>", role=PARROT)],
        [Claim([(4, 40)], "other", id="c")],
        [Issue("<b>", "d", PARROT)],
    )
    path = tmp_path / "notebook.html"
    path.write_text(f"<!doctype html><meta charset=utf-8><title>x</title>{extraction._repr_html_()}", encoding="utf-8")
    tab.complaints.clear()
    tab.requests.clear()
    tab.open(path)
    assert tab.run("window.harmed") is None
    assert tab.run("document.images.length + document.scripts.length") == 0
    assert tab.run("document.querySelector('.text').textContent") == HOSTILE.replace("\ud83d.", "\ufffd.").replace("\0", "\ufffd")
    assert tab.complaints == []
    assert tab.requests == [path.as_uri()]


def test_hostile_text_is_only_text(opened):
    assert opened.run("window.harmed") is None
    assert opened.run("document.images.length") == 0
    assert opened.run("document.scripts.length") == 1
    texts = opened.run("[...document.querySelectorAll('[data-document^=\"<d\"] blockquote')].map(item => item.textContent)")
    assert any(PARROT in text for text in texts)
    marked = "document.querySelector('[data-document^=\"<d\"] .content-both').textContent"
    assert opened.run(marked) == PARROT
    isolated = "[...document.querySelectorAll('bdi, blockquote')].every(item => getComputedStyle(item).unicodeBidi.startsWith('isolate'))"
    assert opened.run(isolated)


def test_causes_are_filtered_and_counted(opened, report):
    counts = Counter(cause for error in report.errors for cause in error.causes)
    assert set(counts) == {"missed", "not a quotation", "merged", "split", "boundary", "wrong source", "wrong speaker"}
    for cause, count in counts.items():
        box = f"document.querySelector('#causes input[value=\"{cause}\"]')"
        assert opened.run(f"{box}.parentElement.querySelector('output').textContent") == str(count)
        opened.run(f"{box}.click()")
        settle(opened)
        assert sorted(opened.run(SHOWN)) == sorted(error.document_id for error in report.errors if cause in error.causes)
        assert opened.run(COUNT) == f"{count} of {len(report.errors)} errors"
        opened.run(f"{box}.click()")
        settle(opened)
    for cause in ("missed", "merged"):
        opened.run(f"document.querySelector('#causes input[value=\"{cause}\"]').click()")
    settle(opened)
    assert len(opened.run(SHOWN)) == sum(bool({"missed", "merged"} & set(error.causes)) for error in report.errors)
    opened.run("document.querySelector('button[type=reset]').click()")
    settle(opened)
    assert len(opened.run(SHOWN)) == len(report.errors)
    assert opened.complaints == []


def test_lists_filter_and_counts_follow(opened, report):
    in_news = [error for error in report.errors if error.corpus == "news"]
    set_to(opened, "[data-facet=corpus]", "news")
    assert sorted(opened.run(SHOWN)) == sorted(error.document_id for error in in_news)
    missed = "document.querySelector('#causes input[value=\"missed\"]').parentElement.textContent"
    assert opened.run(missed).split() == ["missed", str(sum("missed" in error.causes for error in in_news))]
    # A list says what each of its own choices would show.
    choices = opened.run("[...document.querySelector('[data-facet=corpus]').options].map(option => option.text)")
    assert choices == [
        "any",
        *(f"{name} ({sum(error.corpus == name for error in report.errors)})" for name in ("news", "fiction", "<i>odd</i>")),
    ]
    set_to(opened, "[data-facet=kind]", "indirect")
    assert opened.run(SHOWN) == ["d1"]
    set_to(opened, "[data-facet=corpus]", "fiction")
    assert opened.run(SHOWN) == []
    assert opened.run("document.getElementById('nothing').checkVisibility()")
    set_to(opened, "[data-facet=kind]", "")
    set_to(opened, "[data-facet=rule]", "model m1")
    expected = [error for error in report.errors if any(item.detail == "model m1" for item in error.found)]
    assert len(opened.run(SHOWN)) == len(expected) > 0


def test_documents_and_words(opened, report):
    set_to(opened, "#document", "d1")
    assert set(opened.run(SHOWN)) == {"d1"}
    set_to(opened, "#document", "D")
    assert len(opened.run(SHOWN)) == len(report.errors)
    set_to(opened, "#document", "")
    set_to(opened, "#text", "IT RAINS  a lot")
    assert set(opened.run(SHOWN)) == {"d1"}
    set_to(opened, "#text", "</script>cem")
    assert len(opened.run(SHOWN)) == 1
    set_to(opened, "#text", "nowhere to be found")
    assert opened.run(COUNT) == f"0 of {len(report.errors)} errors"


def test_the_keyboard_is_enough(opened, report):
    opened.run("document.getElementById('text').focus()")
    opened.send("Input.insertText", text="stop by noon")
    settle(opened)
    assert opened.run(SHOWN) == ["d1", "d1"]
    opened.press("Tab")
    assert opened.run("document.activeElement.value") == "missed"
    opened.press(" ", " ")
    settle(opened)
    assert opened.run(SHOWN) == ["d1"]


@pytest.mark.parametrize("width", [360, 820, 1300])
def test_nothing_sticks_out(opened, width):
    opened.send("Emulation.setDeviceMetricsOverride", width=width, height=800, deviceScaleFactor=1, mobile=width < 500)
    try:
        assert opened.run("document.documentElement.scrollWidth <= window.innerWidth")
    finally:
        opened.send("Emulation.clearDeviceMetricsOverride")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_letters_stand_out_in_light_and_dark(opened, scheme):
    """The contrast of WCAG 2 level AA, 4.5 to 1, of the text on every ground that it has."""
    opened.send("Emulation.setEmulatedMedia", features=[{"name": "prefers-color-scheme", "value": scheme}])
    ratios = opened.run("""(() => {
        const light = (colour) => {
            const parts = colour.match(/[\\d.]+/g).slice(0, 3).map((part) => part / 255)
                .map((part) => part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4);
            return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2];
        };
        const probe = document.body.appendChild(document.createElement("i"));
        const value = (name) => { probe.style.color = `var(--${name})`; return light(getComputedStyle(probe).color); };
        const pairs = [["ink", "paper"], ["dim", "paper"], ["dim", "raised"], ["link", "paper"],
            ["ink", "both-tint"], ["ink", "gold-tint"], ["ink", "found-tint"]];
        return pairs.map(([a, b]) => [value(a), value(b)]).map(([a, b]) => (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05));
    })()""")
    assert min(ratios) >= 4.5


def test_thousands_of_errors_are_no_burden(tab, tmp_path):
    text = " ".join(f"“Sentence number {i} of them,” said Ada." for i in range(3000))
    gold = [quote(text, f"Sentence number {i} of them,") for i in range(3000)]
    (tmp_path / "large.html").write_text(page(compared([("large", "news", text, gold, [])])), encoding="utf-8")
    tab.open(tmp_path / "large.html")
    assert tab.run("document.querySelectorAll('article').length") == 3000
    # Generous: a slow machine under load must pass as well.
    assert tab.run("performance.getEntriesByType('navigation')[0].domComplete") < 20_000
    set_to(tab, "#text", "number 29")
    assert tab.run(COUNT) == "111 of 3,000 errors"
