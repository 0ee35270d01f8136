"""In what order components work, and what becomes of the work of each."""

from __future__ import annotations

from itertools import permutations

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

import quoteminer
from quoteminer import Document, Miner, PluginError, Quote, Speaker
from quoteminer.testing.running import Plugin

TEXT = "“So,” Rutte told the forum. “No,” he said. “Nor we,” said Ada."
QUOTES = [Quote([(1, 3)], "direct", source=(6, 11)), Quote([(29, 31)], "direct", source=(34, 36)), Quote([(44, 50)], "direct")]


class Quoting:
    name = "text.quotes"

    def extract(self, document):
        return QUOTES


class Names:
    """Names the speakers of quotes by their number; a name is one speaker."""

    def __init__(self, name, speakers, after=(), before=()):
        self.name, self.names, self.after, self.before = name, speakers, after, before

    def resolve(self, document, quotes):
        names = sorted(set(self.names.values()))
        ids = {name: f"s{number}" for number, name in enumerate(names, 1)}
        resolved = [
            attrs.evolve(quote, speaker=ids[self.names[number]]) if number in self.names else quote
            for number, quote in enumerate(quotes)
        ]
        mentions = {self.names[number]: quote.source for number, quote in enumerate(quotes) if number in self.names}
        people = [Speaker(ids[name], name, mentions=[mentions[name]] if mentions[name] else ()) for name in names]
        return resolved, people


class Told(Names):
    """Names all quotes of whom the resolvers before called by one name."""

    def resolve(self, document, quotes, *, speakers=()):
        self.handed = tuple(speakers)
        (known,) = (one for one in speakers if one.name == "Rutte")
        renamed = attrs.evolve(known, name="Mark Rutte", identifiers={"wikidata": "Q57792"})
        return [attrs.evolve(quote, speaker=known.id if quote.speaker == known.id else quote.speaker) for quote in quotes], [
            renamed
        ]


class Linking:
    """Changes speakers by name; joins those that get one name."""

    def __init__(self, name, changes, after=()):
        self.name, self.changes, self.after = name, changes, after

    def link(self, document, quotes, speakers):
        self.handed = [speaker.name for speaker in speakers]
        people = [attrs.evolve(one, **self.changes.get(one.name, {})) for one in speakers]
        first: dict[str, Speaker] = {}
        for one in people:
            first.setdefault(one.name, one)
        ids = {one.id: first[one.name].id for one in people}
        return [attrs.evolve(q, speaker=ids.get(q.speaker)) for q in quotes], list(first.values())


def mined(*resolvers, linkers=(), **options):
    """Who says the three quotes, by name, and the speakers there are."""
    plugins = [Plugin("text", quotes=[Quoting()])]
    plugins += [Plugin(one.name.partition(".")[0], speakers=[one]) for one in resolvers]
    plugins += [Plugin(one.name.partition(".")[0], linkers=[one]) for one in linkers]
    extraction = Miner(plugins, on_error="raise", **options).mine(TEXT)
    names = [None if one is None else one.name for one in map(extraction.speaker, [quote.speaker for quote in extraction.quotes])]
    return names, extraction.speakers


def test_a_newsrooms_resolver_before_another_keeps_its_names_and_leaves_no_orphans():
    rules = Names("rules.speakers", {0: "Rutte", 1: "Rutte", 2: "Ada"})
    names, speakers = mined(Names("newsroom.people", {0: "Mark Rutte"}), rules)
    assert names == ["Mark Rutte", "Mark Rutte", "Ada"]
    assert [(one.id, one.name, len(one.mentions)) for one in speakers] == [("s1", "Mark Rutte", 2), ("s2", "Ada", 0)]


def test_two_speakers_who_are_one_person_are_known_by_what_each_component_knows():
    class Roles(Names):
        def resolve(self, document, quotes):
            resolved, people = super().resolve(document, quotes)
            return resolved, [attrs.evolve(one, role="premier", kind="person", identifiers={"desk": "1"}) for one in people]

    _, (rutte,) = mined(Names("a.people", {0: "Mark Rutte"}), Roles("b.roles", {0: "Rutte", 1: "Rutte"}))
    assert (rutte.name, rutte.role, rutte.kind, dict(rutte.identifiers)) == ("Mark Rutte", "premier", "person", {"desk": "1"})
    assert len(rutte.mentions) == 2


def test_one_that_comes_later_without_saying_so_only_fills_in():
    names, speakers = mined(Names("rules.speakers", {0: "Rutte"}), Names("zz.people", {0: "Mark", 2: "Ada"}))
    assert names == ["Rutte", None, "Ada"]
    assert [one.name for one in speakers] == ["Rutte", "Ada"]


def test_one_that_declares_to_come_later_is_handed_the_speakers_and_may_change_them():
    rules, people = Names("rules.speakers", {0: "Rutte", 1: "Rutte", 2: "Ada"}), Told("aa.people", {}, after=["rules"])
    names, speakers = mined(people, rules)
    assert [one.name for one in people.handed] == ["Rutte", "Ada"]
    assert names == ["Mark Rutte", "Mark Rutte", "Ada"]
    assert [(one.name, dict(one.identifiers)) for one in speakers] == [("Mark Rutte", {"wikidata": "Q57792"}), ("Ada", {})]


def test_a_speaker_whose_quotes_all_went_to_another_is_dropped():
    rules = Names("rules.speakers", {0: "Rutte", 2: "Ada"})
    names, speakers = mined(rules, Names("zz.people", {0: "Mark Rutte"}, after=["rules.speakers"]))
    assert names == ["Mark Rutte", None, "Ada"]
    assert [one.name for one in speakers] == ["Mark Rutte", "Ada"]


def test_two_that_took_one_for_two_people_are_not_joined():
    names, speakers = mined(Names("a.one", {0: "Rutte", 1: "Ada"}), Names("b.two", {0: "X", 1: "X", 2: "X"}))
    assert names == ["Rutte", "Ada", "X"]
    assert {one.name for one in speakers} == {"Rutte", "Ada", "X"}


def test_a_linker_gets_finished_speakers_and_may_name_and_join_them():
    rules = Names("rules.speakers", {0: "Rutte", 1: "the premier", 2: "Ada"})
    list_ = {"name": "Mark Rutte", "role": "prime minister", "identifiers": {"desk": "17"}, "attributes": {"party": "VVD"}}
    linker = Linking("desk.people", {"Rutte": list_, "the premier": list_})
    names, speakers = mined(rules, linkers=[linker])
    assert names == ["Mark Rutte", "Mark Rutte", "Ada"]
    assert sorted(linker.handed) == ["Ada", "Rutte", "the premier"]
    rutte = speakers[0]
    assert (rutte.role, dict(rutte.identifiers), dict(rutte.attributes)) == ("prime minister", {"desk": "17"}, {"party": "VVD"})
    assert len(speakers) == 2


@pytest.mark.parametrize(("after", "name", "role"), [((), "Mark Rutte", "premier"), (("desk",), "M. Rutte", "chief")])
def test_a_second_linker_adds_to_what_the_first_has_linked_and_changes_it_only_behind_it(after, name, role):
    first = Linking("desk.people", {"Rutte": {"name": "Mark Rutte", "identifiers": {"desk": "17"}, "role": "premier"}})
    second = Linking(
        "wiki.people",
        {"Mark Rutte": {"name": "M. Rutte", "identifiers": {"wikidata": "Q57792", "desk": "0"}, "role": "chief"}},
        after=after,
    )
    _, (rutte,) = mined(Names("rules.speakers", {0: "Rutte"}), linkers=[second, first])
    assert (rutte.name, rutte.role) == (name, role)
    assert rutte.identifiers == {"desk": "0" if after else "17", "wikidata": "Q57792"}


def test_a_linker_that_fails_or_changes_a_quote_costs_its_own_work_only():
    class Wrong:
        name = "wrong.people"

        def link(self, document, quotes, speakers):
            return [attrs.evolve(quote, kind="indirect") for quote in quotes], speakers

    plugins = [
        Plugin("text", quotes=[Quoting()]),
        Plugin("r", speakers=[Names("r.names", {0: "Rutte"})]),
        Plugin("wrong", linkers=[Wrong()]),
    ]
    extraction = Miner(plugins).mine(TEXT)
    assert [one.name for one in extraction.speakers] == ["Rutte"]
    assert [(one.component, one.message) for one in extraction.issues] == [
        ("wrong.people", "AnnotationError: Quote.kind: a linker sets speaker and addressee; it changed 'q1'")
    ]


def plugins_waiting(**after):
    class Quiet:
        def __init__(self, name):
            self.name = name
            self.after = after.get(name, ())

        def extract(self, document):
            return []

    return [Plugin(name, quotes=[Quiet(name)]) for name in after]


def test_components_that_wait_for_each_other_are_an_error_that_names_them():
    with pytest.raises(
        PluginError, match="quoteminer_quote_extractors: components wait for each other: a after c after b after a"
    ):
        Miner(plugins_waiting(a=["c"], b=["a"], c=["b"], d=["a"])).mine("x")
    with pytest.raises(PluginError, match="declares after: expected a tuple of names of components, not 'b'"):
        Miner(plugins_waiting(a="b"), on_error="raise").mine("x")


@given(st.dictionaries(st.sampled_from("abcdef"), st.sets(st.sampled_from("abcdefg"), max_size=3), min_size=1))
def test_any_order_keeps_what_is_declared_or_is_refused(after):
    after = {name: {one for one in others if one < name} for name, others in after.items()}
    miner = Miner(plugins_waiting(**after))
    order = [one.name for one in miner.components("quoteminer_quote_extractors")]
    assert sorted(order) == sorted(after)
    for name, others in after.items():
        assert all(order.index(one) < order.index(name) for one in others if one in after)


def test_the_order_of_loading_does_not_matter():
    resolvers = [
        Names("a.one", {0: "Rutte"}),
        Names("b.two", {0: "Mark", 1: "Mark"}, before=["c"]),
        Names("c.three", {2: "Ada", 1: "X"}),
    ]
    results = [mined(*order) for order in permutations(resolvers)]
    assert all(result == results[0] for result in results)
    assert results[0][0] == ["Rutte", "Rutte", "Ada"]


class OldPlugin:
    """A plugin as it was written for 0.1: no keyword arguments, a text as detail, the scope read from the document."""

    plugin_name = "old"

    class Quotes:
        name = "old.quotes"

        def extract(self, document):
            at = document.text.find("So")
            return [Quote([(at, at + 2)], "direct", provenance=quoteminer.Provenance(self.name, version="1.0", detail="rule 7"))]

    class People:
        name = "old.speakers"

        def resolve(self, document, quotes):
            return [attrs.evolve(quote, speaker="e1") for quote in quotes], [
                Speaker("e1", "Rutte", role="premier", kind="person", mentions=[(6, 11)])
            ]

    class Claims:
        name = "old.claims"

        def extract(self, document, quotes, speakers):
            return [quoteminer.Claim([(1, 3)], "event", claimant=speakers[0].id, quote=quotes[0].id)]

    @quoteminer.hookimpl
    def quoteminer_quote_extractors(self):
        return [self.Quotes()]

    @quoteminer.hookimpl
    def quoteminer_speaker_resolvers(self):
        return [self.People()]

    @quoteminer.hookimpl
    def quoteminer_claim_extractors(self):
        return [self.Claims()]


def test_a_plugin_of_the_old_contract_goes_on_working():
    extraction = Miner([OldPlugin()], on_error="raise").mine(Document(TEXT, id="a"))
    (quote,), (speaker,), (claim,) = extraction.quotes, extraction.speakers, extraction.claims
    assert (quote.speaker, speaker.name, claim.claimant, claim.quote) == (speaker.id, "Rutte", speaker.id, quote.id)
    assert str(quote.provenance) == "old.quotes note=rule 7"
