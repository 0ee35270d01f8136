"""The strategies draw what they promise, and cost nothing where nobody draws."""

from __future__ import annotations

import subprocess
import sys

import attrs
import pytest
from hypothesis import HealthCheck, Phase, find, given, settings
from hypothesis import strategies as st

import quoteminer
from quoteminer import Document, Extraction, Span
from quoteminer._hypothesis import STRATEGIES
from quoteminer.testing import strategies
from quoteminer.testing.grammar import LANGUAGES, Edit, Moved, Passage, language, write
from quoteminer.testing.strategies import KINDS, MARKS, NOISE, documents, quotes, reported_speech, span_tuples, spans

#: Whatever comes first will do.
FIRST = settings(max_examples=1, phases=[Phase.generate], database=None, suppress_health_check=list(HealthCheck))

anything = st.sampled_from(LANGUAGES).flatmap(lambda tag: reported_speech(language=tag, marks=tuple(MARKS), noise=NOISE))


def test_every_public_type_has_a_strategy():
    types = {name for name in quoteminer.__all__ if attrs.has(getattr(quoteminer, name))}
    assert set(STRATEGIES) == types


@pytest.mark.parametrize("name", sorted(STRATEGIES))
def test_from_type_draws_it_without_an_import(name):
    kind = getattr(quoteminer, name)
    assert isinstance(find(st.from_type(kind), lambda _: True, settings=FIRST), kind)


def test_every_strategy_is_public_and_described():
    for name in strategies.__all__:
        if name.islower():
            assert getattr(strategies, name).__doc__, name


@given(st.data())
def test_what_is_drawn_for_a_document_lies_in_it(data):
    document = data.draw(documents(st.text(min_size=1, max_size=9)))
    document[data.draw(spans(document))]
    for span in data.draw(span_tuples(document, min_size=0)):
        document[span]
    quote = data.draw(quotes(document))
    document[quote.span]
    Extraction(document, [attrs.evolve(quote, id="q1")])


@given(anything)
def test_a_story_holds_what_it_says(story):
    assert story.extraction.document.text == story.text
    closing = set("”’»›“‘‹«」』\"'")
    for quote in story.quotes:
        words = quote.text(story.document)
        assert words == words.strip()
        assert words
        if quote.kind == "direct" and not story.noise and "dash" not in {passage.kind for passage in story.passages}:
            for span in quote.content:
                after = story.text[span.end :].removeprefix("\u00a0")
                assert after[:1] in closing or after.startswith("\n\n"), words
    names = {speaker.id: speaker.name for speaker in story.extraction.speakers}
    for quote in story.quotes:
        if quote.source is not None and not story.noise:
            assert story.document[quote.source].removeprefix(language(story.language).title) == names[quote.speaker]


def test_stories_shrink_to_something_short():
    assert find(reported_speech(), lambda story: bool(story.quotes)).text == "“It works,” said Ann Lee."
    assert find(anything, lambda story: "\u200b" in story.text).text == "“It w\u200borks,” said Ann Lee."
    assert repr(write([Passage("inverted")])).startswith("<Story '“It works,” said Ann Lee.', quotes: direct")


@pytest.mark.parametrize(("tag", "kind"), [(tag, kind) for tag in LANGUAGES for kind in language(tag).kinds])
@pytest.mark.parametrize("marks", sorted(MARKS))
def test_every_kind_and_mark_can_be_had(tag, kind, marks):
    story = write([Passage(kind)], marks, tag=tag)
    assert story.document.language == tag
    assert len(story.quotes) == {"narration": 0, "nested": 2}.get(kind, 1)


def test_english_has_every_kind_of_the_page():
    assert tuple(language("en").kinds) == KINDS


@pytest.mark.parametrize(
    ("tag", "text"), [("de", "„Es geht“, sagte Anna Lenz."), ("fr", "«\u00a0Ça marche\u00a0», dit Léa Morel.")]
)
def test_stories_of_other_languages_shrink_as_well(tag, text):
    story = find(reported_speech(language=tag), lambda story: bool(story.quotes))
    assert story.text == text
    assert story.rewritten(marks="curly").text.count("“") == 1


def test_a_dash_opens_french_dialogue():
    story = find(reported_speech(language="fr", kinds=["dash"]), lambda _: True)
    (quote,) = story.quotes
    assert (story.text, quote.text(story.document)) == ("— Ça marche, dit Léa Morel.", "Ça marche")


@pytest.mark.parametrize("tag", LANGUAGES)
def test_files_of_languages_are_whole(tag):
    words = language(tag)
    assert set(words.marks) <= set(MARKS)
    for kind, template in words.kinds.items():
        assert "’" not in template.replace("’]", "").replace("’,", ""), kind
    assert len(words.names) == len(words.verbs) == 5
    assert len(words.sentences) == 6


@pytest.mark.parametrize(
    "option",
    [
        {"kinds": ["direct"]},
        {"marks": ["round"]},
        {"noise": ["loud"]},
        {"language": "tlh"},
        {"language": "de", "kinds": ["plain"]},
    ],
)
def test_unknown_choices_are_refused_with_those_that_exist(option):
    """When the strategy is asked for, not when it is drawn from."""
    with pytest.raises(ValueError, match=f"{list(option)[-1]}: .* is not one of"):
        reported_speech(**option)


@pytest.mark.parametrize(
    ("option", "message"),
    [
        ({"speakers": []}, "speakers: at least one is needed"),
        ({"kinds": ()}, "kinds: at least one is needed"),
        ({"marks": "curly"}, "marks: expected a list, not 'curly'"),
        ({"min_passages": 3, "max_passages": 2}, "3 to 2 is no range"),
        ({"min_passages": -1}, "-1 to 4 is no range"),
    ],
)
def test_what_nothing_can_be_drawn_from_is_refused_at_once(option, message):
    with pytest.raises(ValueError, match=message):
        reported_speech(**option)


@given(anything, st.sampled_from(sorted(MARKS)))
def test_a_story_can_be_written_with_other_marks_and_names(story, marks):
    again = story.rewritten(marks=marks, names={"Ann Lee": "Zoe"})
    assert again.marks == marks
    assert len(again.quotes) == len(story.quotes)
    assert "Ann Lee" not in again.text
    assert again.rewritten(marks=story.marks, names={"Zoe": "Ann Lee"}).text == story.text


@given(st.text("abc", min_size=1, max_size=8), st.data())
def test_edits_move_spans_exactly(text, data):
    """Each character that is not edited is the same before and after, by its span."""
    edits = data.draw(
        st.lists(
            st.builds(
                lambda start, length, new: Edit(start, min(start + length, len(text)), new),
                st.integers(0, len(text) - 1),
                st.integers(0, 2),
                st.text("XYZ", max_size=3),
            ),
            max_size=3,
        )
    )
    moved = Moved(text, edits)
    touched = {at for edit in moved.edits for at in range(edit.start, edit.end)}
    for at, sign in enumerate(text):
        if at not in touched:
            assert Document(moved.text)[moved.span(Span(at, at + 1))] == sign


@pytest.mark.parametrize(
    ("code", "unwanted"),
    [
        ("import hypothesis.strategies", ["quoteminer.testing", "pytest", "quoteminer_rules"]),
        ("import quoteminer", ["hypothesis", "quoteminer.testing", "quoteminer._hypothesis"]),
        ("import quoteminer.testing.strategies", ["pytest", "quoteminer_rules", "click", "rich"]),
    ],
)
def test_imports_load_no_more_than_they_need(code, unwanted):
    done = subprocess.run(
        [sys.executable, "-c", f"{code}; import sys; print(*sys.modules)"], capture_output=True, text=True, check=True
    )
    assert [name for name in unwanted if name in done.stdout.split()] == []
