"""The page about texts in a real browser: it opens quietly, its filters show the right quotations, and no text in it comes alive."""

from __future__ import annotations

import sys
from importlib.resources import files
from pathlib import Path

import pytest

from quoteminer import Claim, Document, Extraction, Issue, Quote, Speaker
from quoteminer.pictures import page

from .conftest import HOSTILE

if sys.platform == "win32":
    pytest.skip("the debugging pipe needs POSIX", allow_module_level=True)

from .browser import Tab, set_to, settle

PARROT = "Look </script><script>window.harmed = 1</script> there,"
COUNT = "document.getElementById('count').textContent"
SHOWN = "[...document.querySelectorAll('.quotes>li')].filter(item => item.checkVisibility()).map(item => item.querySelector('a').textContent)"
MARKED = "[...document.querySelectorAll('.text .q[id]:not(.off)')].filter(item => item.checkVisibility()).map(item => item.id)"


def found(text: str, words: str) -> tuple[int, int]:
    start = text.index(words)
    return start, start + len(words)


def story(id: str, first: str, date: str | None, **more: object) -> Extraction:
    """Ada is quoted twice, once by Bob, who is quoted once, and nobody known once; there is a claim."""
    text = f"“{first} in 2019,” said Ada Byron. Bob Marsh told her that Ada had said “no”. The wall read: “Go home.”"
    return Extraction(
        Document(text, id=id, title=f"Story {id}", metadata={**({"date": date} if date else {}), **more}),
        [
            Quote([found(text, f"{first} in 2019,")], "direct", cue=[found(text, "said")], source=found(text, "Ada Byron"), speaker="a", id="q1", confidence=0.9),
            Quote([found(text, "that Ada had said “no”")], "indirect", cue=[found(text, "told")], source=found(text, "Bob Marsh"), speaker="b", addressee="a", id="q2", confidence=0.5),
            Quote([found(text, "no")], "direct", cue=[found(text, "had said")], speaker="a", parent="q2", id="q3", confidence=0.8),
            Quote([found(text, "Go home.")], "direct", id="q4", confidence=0.3),
        ],
        [Speaker("a", "Ada Byron", role="countess"), Speaker("b", "Bob Marsh")],
        [Claim([found(text, f"{first} in 2019")], "event", claimant="a", quote="q1", check_worthiness=0.7, id="c1")],
    )  # fmt: skip


STORIES = [
    story("1", "It worked", "2026-01-03", source="The Bell"),
    story("2", "It failed", "2026-04-07"),
    story("3", "It stood", None),
]


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("page") / "page.html"
    path.write_text(page(STORIES), encoding="utf-8")
    return path


@pytest.fixture
def opened(tab: Tab, address: Path) -> Tab:
    return fresh(tab, address)


def fresh(tab: Tab, path: Path) -> Tab:
    tab.complaints.clear()
    tab.requests.clear()
    tab.open(path)
    return tab


def choose(tab: Tab, selector: str) -> None:
    tab.run(f"document.querySelector({selector!r}).click()")
    settle(tab)


def test_it_opens_quietly_with_every_quotation(opened, address):
    assert opened.run(COUNT) == "12 quotations"
    assert len(opened.run(SHOWN)) == len(opened.run(MARKED)) == 12
    assert opened.run("document.title") == "3 documents: who said what"
    texts = opened.run("[...document.querySelectorAll('.text')].map(item => item.textContent)")
    assert texts == [one.document.text for one in STORIES]
    assert opened.complaints == []
    assert opened.requests == [address.as_uri()]


def test_voices_filter_and_can_be_joined(opened):
    choose(opened, "[name=voice]")
    assert opened.run(SHOWN) == ["It worked in 2019,", "no", "It failed in 2019,", "no", "It stood in 2019,", "no"]
    assert opened.run(MARKED) == [f"q{number}-{place}" for number in range(3) for place in (0, 2)]
    assert opened.run(COUNT) == "6 of 12 quotations in 3 of 3 documents"
    choose(opened, '[name=voice][value="1"]')
    assert len(opened.run(SHOWN)) == 9
    choose(opened, "button[type=reset]")
    choose(opened, '[name=voice][value=""]')
    assert opened.run(SHOWN) == ["Go home."] * 3


def test_kinds_confidence_and_claims_filter(opened):
    choose(opened, "[name=kind][value=direct]")
    assert opened.run(SHOWN) == ["that Ada had said “no”"] * 3
    choose(opened, "button[type=reset]")
    set_to(opened, "#confidence", "85")
    assert opened.run(SHOWN) == [f"{first} in 2019," for first in ("It worked", "It failed", "It stood")]
    assert opened.run("document.querySelector('#filters output').textContent") == "0.85"
    choose(opened, "button[type=reset]")
    set_to(opened, "#claims", "only")
    assert len(opened.run(SHOWN)) == 3
    set_to(opened, "#claims", "hidden")
    assert len(opened.run(SHOWN)) == 12
    assert opened.run("document.querySelectorAll('.text .c:not(.off)').length") == 0
    assert not opened.run("document.querySelector('.claims').checkVisibility()")


def test_words_are_searched_for_in_quotations_then_in_texts(opened):
    set_to(opened, "#search", "IT  worked")
    assert opened.run(SHOWN) == ["It worked in 2019,"]
    assert opened.run(COUNT) == "1 of 12 quotations in 1 of 3 documents"
    assert opened.run("CSS.highlights.get('found').size") == 1
    assert opened.run("String([...CSS.highlights.get('found')][0])") == "It worked"
    set_to(opened, "#search", "the wall read")
    assert len(opened.run(SHOWN)) == 12
    set_to(opened, "#search", "(nowhere")
    assert opened.run(SHOWN) == []
    assert opened.run("document.getElementById('none').checkVisibility()")
    assert opened.complaints == []


def at(tab: Tab, selector: str) -> dict[str, float]:
    """The middle of the first line of an element that is brought into sight."""
    script = (
        f"(() => {{ const item = document.querySelector({selector!r}); item.scrollIntoView({{block: 'center'}});"
        " const {left, top, width, height} = item.getClientRects()[0]; return {x: left + width / 2, y: top + height / 2} })()"
    )
    return dict(tab.run(script))


def point(tab: Tab, selector: str, kind: str = "mouseMoved", **more: object) -> None:
    place = at(tab, selector)
    settle(tab)
    tab.send("Input.dispatchMouseEvent", type=kind, **place, **more)
    settle(tab)


POP = "document.getElementById('pop').checkVisibility() ? document.getElementById('pop').innerText : ''"


def test_pointing_at_a_quotation_says_who_to_whom_how_sure_and_why(opened):
    point(opened, "#q0-1")
    assert "Bob Marsh to Ada Byron" in opened.run(POP)
    assert "confidence 0.50" in opened.run(POP)
    point(opened, "#q0-2")
    assert "Ada Byron, countess, in quotation 2" in opened.run(POP)
    point(opened, "h1")
    assert opened.run(POP) == ""


def test_a_tap_keeps_it_until_escape(opened):
    place = at(opened, "#q1-0")
    settle(opened)
    for kind in ("mousePressed", "mouseReleased"):
        opened.send("Input.dispatchMouseEvent", type=kind, button="left", clickCount=1, **place)
    opened.send("Input.dispatchMouseEvent", type="mouseMoved", x=2, y=2)
    settle(opened)
    assert "countess" in opened.run(POP)
    # The claim in the quotation is told with it.
    assert "worth a check 0.70" in opened.run(POP)
    opened.press("Escape")
    assert opened.run(POP) == ""


def test_the_keyboard_leads_from_the_text_to_the_list_and_back(opened):
    opened.run("document.querySelector('#q0-0 > .key').focus()")
    for _ in range(2):
        opened.press("Tab")
    settle(opened)
    assert opened.run("document.activeElement.getAttribute('aria-label')") == "Quotation 2, Bob Marsh"
    assert "Bob Marsh" in opened.run(POP)
    opened.run("document.activeElement.click()")
    assert opened.run("location.hash") == "#i0-1"
    opened.run("document.querySelector('#i0-1 > a').click()")
    assert opened.run("location.hash") == "#q0-1"
    choose(opened, '[name=voice][value=""]')
    opened.run("location.hash = '#i0-0'")
    settle(opened)
    # What a link leads to is shown, whatever was chosen.
    assert len(opened.run(SHOWN)) == 12


def test_hostile_text_is_only_text(tab, tmp_path):
    extraction = Extraction(
        Document(
            HOSTILE,
            id="'\"><b>",
            title=PARROT,
            metadata={"url": "javascript:window.harmed=1", "author": PARROT, "date": "<i>2026"},
        ),
        [Quote([(4, 20)], "direct", speaker="s", cue=[(60, 64)], id='"><img src=x onerror=window.harmed=1>')],
        [Speaker("s", "\"'<img src=x onerror=window.harmed=1>", role=PARROT)],
        [Claim([(4, 40)], "other", id="c")],
        [Issue("<b>", "d", PARROT)],
    )
    for number, items in enumerate([[extraction], [extraction, extraction]]):
        path = tmp_path / f"{number}.html"
        path.write_text(page(items), encoding="utf-8")
        fresh(tab, path)
        set_to(tab, "#search", "<script>")
        point(tab, ".text .q")
        assert tab.run("window.harmed") is None
        assert tab.run("document.images.length") == 0
        assert tab.run("document.scripts.length") == 1
        assert tab.run("[...document.links].every(link => link.protocol === 'file:')")
        assert tab.run("document.querySelector('.text').textContent") == HOSTILE.replace("\ud83d.", "\ufffd.").replace(
            "\0", "\ufffd"
        )
        assert tab.complaints == []
        assert tab.requests == [path.as_uri()]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1440])
def test_axe_finds_nothing_serious(tab, address, tmp_path, scheme, width):
    """The rules of axe-core for what people with screen readers, keyboards and weak eyes need."""
    axe = files("axe_core_python").joinpath("axe.min.js").read_text("utf-8")
    alone = tmp_path / "alone.html"
    alone.write_text(page(STORIES[0]), encoding="utf-8")
    tab.send("Emulation.setEmulatedMedia", features=[{"name": "prefers-color-scheme", "value": scheme}])
    tab.send("Emulation.setDeviceMetricsOverride", width=width, height=900, deviceScaleFactor=1, mobile=width < 500)
    try:
        for path in (address, alone):
            fresh(tab, path)
            tab.run("for (const item of document.querySelectorAll('details')) item.open = true")
            tab.send("Runtime.evaluate", expression=axe)
            script = "axe.run().then(({violations}) => violations.map(({id, impact, nodes}) => [id, impact, nodes[0].html]))"
            violations = tab.run(script)
            assert [one for one in violations if one[1] in ("serious", "critical")] == []
    finally:
        tab.send("Emulation.clearDeviceMetricsOverride")
        tab.send("Emulation.setEmulatedMedia", features=[])


@pytest.mark.parametrize("width", [360, 820, 1300, 1700])
def test_nothing_sticks_out(opened, address, width):
    opened.send("Emulation.setDeviceMetricsOverride", width=width, height=800, deviceScaleFactor=1, mobile=width < 500)
    try:
        fresh(opened, address)
        assert opened.run("document.documentElement.scrollWidth <= window.innerWidth")
        # On a small screen the texts come first.
        assert opened.run("document.getElementById('side').open") == (width >= 1024)
    finally:
        opened.send("Emulation.clearDeviceMetricsOverride")


def test_on_paper_the_texts_stand_alone(opened):
    opened.send("Emulation.setEmulatedMedia", media="print")
    try:
        assert not opened.run("document.getElementById('side').checkVisibility()")
        assert opened.run("document.querySelectorAll('article')[2].checkVisibility({contentVisibilityAuto: true})")
    finally:
        opened.send("Emulation.setEmulatedMedia", media="")


def test_writing_from_right_to_left_stands_at_the_right(tab, tmp_path):
    text = "قالت آدا: «إنها تعمل».\n\n“It works,” said Ada."
    extraction = Extraction(Document(text, language="ar"), [Quote([(11, 20)], "direct", id="q")])
    (tmp_path / "right.html").write_text(page(extraction), encoding="utf-8")
    fresh(tab, tmp_path / "right.html")
    places = tab.run("""(() => {
        const text = document.querySelector('.text'), range = new Range(), box = text.getBoundingClientRect();
        range.selectNodeContents(text.firstChild);
        const arabic = range.getClientRects()[0], last = text.lastChild;
        range.setStart(last, last.data.indexOf("It")); range.setEnd(last, last.data.length);
        return [box.right - arabic.right, range.getBoundingClientRect().left - box.left];
    })()""")
    assert max(places) < 20


def test_five_hundred_documents_are_no_burden(tab, tmp_path):
    """Ten quotations each in 2,500 code points: under 5 MB. How fast it is stands in the benchmarks; here a slow machine under load must pass as well."""
    sentence = "“The bridge over the river number {} was closed on Monday morning,” said Speaker {}, and nobody went there. "
    items = []
    for number in range(500):
        text, quotes = "", []
        for place in range(10):
            start = len(text) + 1
            text += sentence.format(place, number % 40)
            quotes.append(Quote([(start, text.index(",”", start) + 1)], "direct", speaker=f"s{place % 3}", id=f"q{place}", cue=[(text.index("said", start), text.index("said", start) + 4)]))  # fmt: skip
        text += "And so on. " * ((2_500 - len(text)) // 11)
        items.append(
            Extraction(
                Document(text, id=str(number)), quotes, [Speaker(f"s{one}", f"Person {(number + one) % 40}") for one in range(3)]
            )
        )
    made = page(items)
    assert len(made.encode()) < 5_000_000
    (tmp_path / "many.html").write_text(made, encoding="utf-8")
    fresh(tab, tmp_path / "many.html")
    assert tab.run(COUNT) == "5,000 quotations"
    assert tab.run("performance.getEntriesByType('navigation')[0].domContentLoadedEventEnd") < 20_000
    set_to(tab, "#search", "number 7")
    tab.wait(f"{COUNT}.startsWith('500 of 5,000')")
