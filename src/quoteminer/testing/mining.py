"""What holds for all components that work on a text: quote extractors, resolvers and claim extractors."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from types import MappingProxyType
from typing import Any, ClassVar, Final

import attrs
from hypothesis import given, settings
from hypothesis import strategies as st

from .. import languages
from ..annotations import Claim, Issue, Provenance, Quote, Speaker
from ..document import Document
from ..errors import AnnotationError, QuoteminerError, describe
from ..extraction import Extraction
from ..mining.miner import Miner
from ..plugins.packs import LanguagePack
from ..spans import Span
from . import running
from .contract import TOO_STEEP, Contract, fail, growth, pickled, shown
from .texts import HOSTILE, growing


class MiningContract(Contract):
    """The part of a contract that holds for every component that works on a text."""

    #: A text, document or (where a component needs what was found before it) extraction with something to find.
    example: ClassVar[str | Document | Extraction] = ""
    _run: ClassVar[Callable[..., Any]]

    def __init_subclass__(cls, **options: Any) -> None:
        super().__init_subclass__(**options)
        # One property for two classes would be one test that runs as two; hypothesis refuses that.
        if "test_any_text" not in vars(cls):
            cls.test_any_text = _any_text_property()  # type: ignore[attr-defined]

    def _document(self) -> Document:
        example = self.example
        if isinstance(example, Extraction):
            return example.document
        if isinstance(example, str):
            example = Document(example)
        if not example.text:
            fail(
                f"{type(self).__name__} has no example.",
                "Write `example = '…'` into the test class: a text in which your component finds something.",
            )
        return example

    def _inputs(self, document: Document) -> tuple[Any, ...]:
        """What the component gets, for any document."""
        raise NotImplementedError

    def _example_inputs(self) -> tuple[Any, ...]:
        """What the component gets, for the example."""
        raise NotImplementedError

    def _check(self, component: Any, inputs: tuple[Any, ...], result: Any, on: str) -> None:
        """Fail when a result is not what the host can take."""
        raise NotImplementedError

    def _adhoc(self, component: Any, inputs: tuple[Any, ...]) -> list[running.Plugin]:
        """Plugins that make a Miner call the component with these inputs."""
        raise NotImplementedError

    def _size(self, result: Any) -> int:
        return len(result)

    def _result(self, component: Any, inputs: tuple[Any, ...], on: str) -> Any:
        __tracebackhide__ = True
        result = self._call(type(self)._run, component, *inputs, on=on)
        if isinstance(result, tuple):
            parts = [running.parted(part) for part in result]
            found: Any = tuple(part for part, _ in parts)
            issues = [issue for _, part in parts for issue in part]
        else:
            found, issues = running.parted(result)
        check_issues(component, issues, inputs[0], on)
        self._check(component, inputs, found, on)
        return found

    def _example_result(self, component: Any) -> Any:
        return type(self)._run(component, *self._example_inputs())

    def _example_payload(self, make: Any, component: Any) -> bytes:
        return pickled(type(self)._run, make, component, self._example_inputs())

    def test_languages_are_tags(self) -> None:
        """The languages that the component declares, if it does, are tags, and that of the example is one of them."""
        component = self.component()
        declared = getattr(component, "languages", None)
        if declared is None:
            return
        remedy = 'Name tags of BCP 47, such as languages = ("en", "de"); None, or no such attribute, stands for any language.'
        if isinstance(declared, str) or not isinstance(declared, Collection) or not declared:
            fail(f"{component.name} declares the languages {declared!r}, which is no tuple of language tags.", remedy)
        for tag in declared:
            try:
                languages.check(tag, "languages")
            except AnnotationError as error:
                fail(f"{component.name} declares the languages {declared!r}: {error.message}.", remedy)
        document = self._document()
        if not languages.reads(declared, document.language):
            fail(
                f"{component.name} declares the languages {declared!r}, and the example is in {document.language!r}.",
                "Declare every language that it reads, and give an example in one of them: example = Document(text, language=…).",
            )

    def test_order_is_declared_by_names(self) -> None:
        """``after`` and ``before``, where the component has them, are tuples of names of others."""
        component = self.component()
        for what in ("after", "before"):
            declared = getattr(component, what, None)
            if declared is None:
                continue
            remedy = (
                f'Name components or plugins: {what} = ("rules.speakers",); leave {what} out where the order does not matter.'
            )
            if not isinstance(declared, tuple) or not all(map(_is_name, declared)):
                fail(f"{component.name} declares {what} {declared!r}, which is no tuple of names.", remedy)
            if component.name in declared:
                fail(f"{component.name} declares to come {what} itself.", remedy)

    def test_takes_any_languages(self) -> None:
        """``use_languages``, where the component has it, takes no packs and packs of languages that it does not know, and all goes on as before."""
        component = self.component()
        if not callable(getattr(component, "use_languages", None)):
            return
        expected = self._example_result(component)
        for packs in ({}, {"mi": LanguagePack("mi", classes={"function": ["te"]})}):
            fresh = self.component()
            try:
                fresh.use_languages(MappingProxyType(packs))
            except Exception as error:
                fail(
                    f"{component.name}.use_languages raised {error!r} for the packs {sorted(packs)}.",
                    "Take what you know of the mapping with packs.get(language), and do without it where it is not there.",
                )
            if self._example_result(fresh) != expected:
                fail(
                    f"{component.name}.{self._method} gives something else for the example after it was handed packs of other languages.",
                    "Let packs of languages that the document is not in change nothing.",
                )

    def test_example_found(self) -> None:
        """The component finds something in the example, and all of it is what the host can take."""
        component = self.component()
        result = self._result(component, self._example_inputs(), "the example")
        if not self._size(result):
            fail(
                f"{component.name}.{self._method} finds nothing in the example {shown(self._document().text)}.",
                "Give an example with something to find, or mend the component.",
            )

    def test_hostile_texts(self) -> None:
        """Empty, broken, endless and foreign texts, and documents with other fields set."""
        component = self.component()
        for name, text in HOSTILE.items():
            self._result(component, self._inputs(Document(text)), f"the hostile text {name!r}, {shown(text)}")
        text = self._document().text
        variants: tuple[dict[str, Any], ...] = (
            {"language": "xx-unknown"},
            {"title": ""},
            {"title": text},
            {"metadata": {"text": "", "n": [None]}},
        )
        for fields in variants:
            self._result(component, self._inputs(Document(text, **fields)), f"the example with {fields!r}")

    def test_example_within_other_text(self) -> None:
        """The example cut anywhere, and between other paragraphs."""
        component = self.component()
        text = self._document().text
        step = max(1, len(text) // 40)
        pieces = [text[:cut] for cut in range(1, len(text), step)] + [text[cut:] for cut in range(1, len(text), step)]
        for piece in [*pieces, "Before.\n\n" + text, text + "\n\nAfter.", text.upper(), text.replace(" ", "\n")]:
            self._result(component, self._inputs(Document(piece)), f"a variant of the example, {shown(piece)}")

    def test_input_is_not_changed(self) -> None:
        """Documents and annotations stay as they were, also behind the back of frozen classes."""
        component = self.component()
        inputs = self._example_inputs()
        before = repr(inputs), [hash(item) for item in inputs]
        self._result(component, inputs, "the example")
        if (repr(inputs), [hash(item) for item in inputs]) != before:
            fail(
                f"{component.name}.{self._method} changes what it was given.",
                "Make changed copies with attrs.evolve; other components see the same objects.",
            )

    def test_results_survive_json(self) -> None:
        """A Miner takes the results, loses nothing of them, and its JSON form gives them back equal."""
        component = self.component()
        inputs = self._example_inputs()
        self._result(component, inputs, "the example")
        for item in _annotations(self._example_result(component)):
            if type(item) not in _OWN:
                fail(
                    f"{component.name}.{self._method} gives a {type(item).__name__}, of which a Miner takes only what quoteminer's own class has.",
                    "Give objects of quoteminer's own classes, not of classes derived from them; put what else there is to say into "
                    "Provenance.detail.",
                )
        for extraction in self._mined(component, inputs):
            try:
                back = Extraction.from_json(extraction.to_json())
            except Exception as error:
                fail(
                    f"The results of {component.name} cannot be written as JSON or read back: {describe(error)}.",
                    "Use plain str, int, float and bool values in quotes, speakers and claims.",
                )
            if back != extraction:
                fail(
                    f"The results of {component.name} are not the same after to_json and from_json.",
                    "Give plain values that JSON can hold and give back.",
                )

    def test_loading_order_does_not_matter(self) -> None:
        """Another plugin before or behind changes nothing."""
        component = self.component()
        first, second = self._mined(component, self._example_inputs())
        if first != second:
            fail(
                f"{component.name} gives other results when another plugin is loaded before it.",
                "Keep nothing that differs between instances or calls: no counters in the class, no registers of modules.",
            )

    def _mined(self, component: Any, inputs: tuple[Any, ...]) -> list[Extraction]:
        other = running.Plugin("zz-other-plugin", quotes=[running.Given("zz-other-plugin", ())])
        mined: list[Extraction] = []
        for turned in (False, True):
            plugins = [*self._adhoc(self.component() if turned else component, inputs), other]
            try:
                mined.append(Miner(plugins[::-1] if turned else plugins, on_error="raise").mine(inputs[0]))
            except QuoteminerError as error:
                fail(
                    f"The host refuses {component.name}: {describe(error.__cause__ or error)}",
                    "The message names what is wrong; the rules are in docs/plugins.md.",
                )
        return mined

    def test_time_grows_as_the_text(self) -> None:
        """Twice the text takes twice the time: for the example, for each of its signs, and for what often goes wrong."""
        component = self.component()
        for name, text_of in growing(self._document().text):

            def work(size: int, name: str = name, text_of: Callable[[int], str] = text_of) -> None:
                inputs = self._inputs(Document(text_of(size)))
                self._call(type(self)._run, component, *inputs, on=f"{len(inputs[0]):,} characters of {name}")

            size, factor = growth(work)
            if factor > TOO_STEEP:
                fail(
                    f"{component.name}.{self._method} takes {factor:.1f} times as long for twice the text "
                    f"({name}, from {size:,} characters).",
                    "Let each character be looked at a bounded number of times: bound repetitions in regular expressions, as in "
                    r"[^“”]{1,2000}, do not put \s* beside a class that takes blanks too, and search on from where the last "
                    "find ended.",
                )


def _any_text_property() -> Callable[..., None]:
    from .strategies import documents

    @settings(deadline=None)
    @given(st.data())
    def test_any_text(self: MiningContract, data: st.DataObject) -> None:
        """Whatever hypothesis draws: stories, pieces of the example, and any characters."""
        text = self._document().text
        words = st.lists(st.sampled_from([text, *text.split(), " ", "\n\n", "“", "”", '"', "«", "»", "'"]), max_size=12)
        document = data.draw(documents() | words.map(lambda found: Document(" ".join(found))), label="document")
        component = self.component()
        self._result(component, self._inputs(document), f"the text {shown(document.text)}")

    return test_any_text


def _is_name(value: object) -> bool:
    return isinstance(value, str) and bool(value)


_OWN: Final = frozenset({Quote, Speaker, Claim, Issue, Provenance})


def _annotations(result: Any) -> Iterator[Any]:
    """What a component gave, however deep in lists and pairs, and the provenance of each."""
    for item in result:
        if isinstance(item, (list, tuple)):
            yield from _annotations(item)
        else:
            yield item
            if isinstance(item, (Quote, Claim)):
                yield item.provenance


def check_spans(component: Any, spans: Iterable[Span], document: Document, what: str, on: str) -> None:
    """Fail when a span does not lie in the text."""
    __tracebackhide__ = True
    for span in spans:
        if span.end > len(document.text):
            fail(
                f"{component.name}: {what} {tuple(span)} reaches outside the text of {len(document.text)} code points, on {on}.",
                "Count Python code points of document.text as given: not bytes, not UTF-16, not a stripped or normalised copy.",
            )


def check_issues(component: Any, issues: Iterable[Issue], document: Document, on: str) -> None:
    """Fail when what a component says went wrong does not say where, or when it could not read its own example."""
    __tracebackhide__ = True
    for issue in issues:
        if (issue.component, issue.document_id) != (component.name, document.id):
            fail(
                f"{component.name} gave the issue {issue.message!r} of {issue.component!r} on the document {issue.document_id!r}, on {on}.",
                "An Issue among the results is of this component and this document: Issue(self.name, document.id, message, severity).",
            )
        if on == "the example" and issue.severity == "error":
            fail(
                f"{component.name} could not read the example: {issue.message}",
                'Mend what the issue says; it is for texts that nobody thought of. What went wrong and does no harm is an "info".',
            )


def check_type(component: Any, item: object, kind: type, method: str, on: str) -> None:
    """Fail when a result is not of the type it must be."""
    __tracebackhide__ = True
    if not isinstance(item, kind):
        fail(
            f"{component.name}.{method} gave {item!r} instead of a {kind.__name__}, on {on}.",
            f"Yield quoteminer.{kind.__name__} objects.",
        )


def check_provenance(component: Any, item: Any, on: str) -> None:
    """Fail when a find does not say which component found it."""
    __tracebackhide__ = True
    if item.provenance.extractor != component.name:
        fail(
            f"A find of {component.name} says that it comes from {item.provenance.extractor!r}, on {on}.",
            "Set provenance=quoteminer.Provenance(self.name, detail=…); detail says why, such as the id of a rule.",
        )


def words_of(document: Document, most: int = 400) -> list[Span]:
    """Runs of characters that are no blanks, at most ``most`` in a line of thousands."""
    found: list[Span] = []
    start = -1
    for at, sign in enumerate(document.text):
        if sign.isspace():
            if start >= 0:
                found.append(Span(start, at))
            start = -1
        elif start < 0:
            start = at
    if start >= 0:
        found.append(Span(start, len(document.text)))
    return found


def without(item: Any, *fields: str) -> Any:
    """A copy in which some fields have their plain value."""
    known = attrs.fields_dict(type(item))
    return attrs.evolve(item, **{field: known[field].default for field in fields})
