"""What plugins bring of languages, and who gets it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

import quoteminer
from quoteminer import AnnotationError, ConfigurationError, LanguagePack, Miner, PluginError

GERMAN = LanguagePack(
    "de", features={"verb_final": True}, classes={"function": ["und", "der"]}, numbers={"zwölf": 12}, complementisers=["dass"]
)


class Reading:
    """An extractor that wants the packs."""

    def __init__(self, name="p.quotes"):
        self.name = name
        self.given = []

    def use_languages(self, packs):
        self.given.append(packs)

    def extract(self, document):
        return []


def plugin(name, packs=(), extractors=()):
    class Plugin:
        plugin_name = name

        @quoteminer.hookimpl
        def quoteminer_languages(self):
            return packs

        @quoteminer.hookimpl
        def quoteminer_quote_extractors(self):
            return extractors

    return Plugin()


def test_a_pack_tells_what_is_known_of_a_language():
    assert GERMAN.words("function") == {"und", "der"}
    assert GERMAN.words("unheard") == frozenset()
    assert (GERMAN.numbers["zwölf"], GERMAN.features["verb_final"], GERMAN.path) == (12, True, None)
    with pytest.raises(TypeError):
        GERMAN.numbers["elf"] = 11  # type: ignore[index]


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"language": "german"}, "did you mean 'de'"),
        ({"classes": {"function": "und"}}, r"LanguagePack.classes.function: expected words, not 'und'"),
        ({"classes": ["und"]}, "LanguagePack.classes: expected a mapping"),
        ({"classes": {"function": [""]}}, "LanguagePack.classes.function: expected a word, not ''"),
        ({"numbers": {"zwei": "2"}}, "LanguagePack.numbers: '2' is no number"),
        ({"numbers": {"zwei": float("nan")}}, "LanguagePack.numbers: nan is no number"),
        ({"numbers": []}, "LanguagePack.numbers: expected a mapping"),
        ({"complementisers": "dass"}, "LanguagePack.complementisers: expected words"),
        ({"features": 1}, "LanguagePack.features: expected a mapping"),
        ({"path": "de"}, "LanguagePack.path"),
    ],
)
def test_a_wrong_value_names_its_field(fields, message):
    with pytest.raises(AnnotationError, match=message):
        LanguagePack(**{"language": "de"} | fields)


def test_components_that_want_them_get_all_packs_once_before_the_first_document():
    class Indifferent(Reading):
        use_languages: Any = None

    one, other = Reading(), Indifferent("other.quotes")
    miner = Miner([plugin("p", (GERMAN,), (one,)), plugin("other", (LanguagePack("fr", path=Path("fr")),), (other,))])
    list(miner.mine_many(["Ja.", "Nein."]))
    (packs,) = one.given
    assert {language: packs[language].words("function") for language in packs} == {"de": {"und", "der"}, "fr": frozenset()}
    with pytest.raises(TypeError):
        packs["en"] = GERMAN
    assert [info.components for info in miner.plugins() if info.name == "p"] == [("p.de", "p.quotes")]


def test_two_packs_for_one_language_are_an_error_that_names_both():
    with pytest.raises(PluginError, match="'a' and 'b' both bring a pack for 'de'; block one"):
        Miner([plugin("a", (GERMAN,)), plugin("b", (GERMAN,))]).mine("Ja.")
    assert Miner([plugin("a", (GERMAN,)), plugin("b", (GERMAN,))], block=["b"]).plugins()[0].status == "active"


def test_a_pack_takes_the_place_of_one_that_comes_with_us():
    reader = Reading()
    miner = Miner(["rules", plugin("p", (GERMAN,), (reader,))])
    miner.mine("Ja.")
    assert reader.given[0]["de"] is GERMAN
    assert {info.status for info in miner.plugins() if info.name in ("rules", "p")} == {"active"}


def test_what_is_no_pack_fails_the_plugin():
    (info,) = (one for one in Miner([plugin("a", ("de",))]).plugins() if one.name == "a")
    assert info.status == "failed"
    assert info.error is not None
    assert "quoteminer_languages returned 'de', which is no LanguagePack" in info.error


def test_a_component_that_fails_at_the_packs_costs_its_plugin_and_is_reported():
    class Broken(Reading):
        def use_languages(self, packs):
            raise KeyError("xx")

    plugins = [plugin("p", (), (Broken(),)), plugin("q", (GERMAN,), (Reading("q.quotes"),))]
    extraction = Miner(plugins).mine("Ja.")
    assert [(issue.component, issue.message) for issue in extraction.issues if issue.severity == "error"] == [
        ("p", "plugin failed to load: use_languages: KeyError: 'xx'")
    ]
    with pytest.raises(PluginError, match="plugin 'p' failed at use_languages"):
        Miner(plugins, on_error="raise").mine("Ja.")


def test_the_guess_of_a_language_reads_the_packs():
    words = "blip blap blup blop blep"
    pack = LanguagePack("mi", classes={"function": words.split()})
    text = " ".join([words] * 3)
    extraction = Miner([plugin("p", (pack,), (Reading(),))]).mine(text)
    assert [issue.message for issue in extraction.issues] == ["the text looks like Maori ('mi'), but is mined as English ('en')"]
    assert Miner([plugin("p", (), (Reading(),))]).mine(text).issues == ()


def test_a_folder_tells_the_classes_of_its_words_and_how_they_are_compared(tmp_path):
    (tmp_path / "pack.toml").write_text('language = "nl"\nversion = 1\n', encoding="utf-8")
    assert LanguagePack.of_folder(tmp_path).classes == {}
    (tmp_path / "words.tsv").write_text("# Dutch\ndat, of\tcomplementiser\nniet\tnegation adverb\n", encoding="utf-8")
    (tmp_path / "comparison.toml").write_text(
        'decimal_sign = ","\n[classes]\nnegation = "nooit geen"\n[numbers]\ntwaalf = 12\n[units]\nprocent = "%"\n',
        encoding="utf-8",
    )
    pack = LanguagePack.of_folder(tmp_path)
    assert pack.words("negation") == {"niet", "nooit", "geen"}
    assert (pack.complementisers, pack.numbers["twaalf"], pack.units["procent"]) == (frozenset({"dat", "of"}), 12.0, "%")
    assert (pack.features["decimal_sign"], pack.path) == (",", tmp_path)


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("comparison.toml", "[classes]\nnegation = 3\n", "parted by blanks"),
        ("comparison.toml", "classes = [", "comparison.toml"),
        ("comparison.toml", "[numbers]\ntwaalf = true\n", "LanguagePack.numbers"),
        ("words.tsv", b"\xff\tnegation\n", "words.tsv"),
    ],
)
def test_files_of_words_that_cannot_be_read_are_named(tmp_path, name, text, said):
    (tmp_path / "pack.toml").write_text('language = "nl"\n', encoding="utf-8")
    (tmp_path / name).write_bytes(text if isinstance(text, bytes) else text.encode())
    with pytest.raises(ConfigurationError, match=said):
        LanguagePack.of_folder(tmp_path)
