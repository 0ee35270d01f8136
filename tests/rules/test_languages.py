"""Languages as data: the folders that we ship, one made by following the page only, and what is said of a wrong one."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from quoteminer import ConfigurationError, Document, LanguagePack, Miner, hookimpl
from quoteminer.cli.main import program
from quoteminer.cli.packs import LanguageFolder
from quoteminer.testing.contract import TOO_STEEP, growth
from quoteminer_rules.language import pack as packs
from quoteminer_rules.language.pack import Pack
from quoteminer_rules.language.problems import PackError
from quoteminer_rules.lexicon import LANGUAGES
from quoteminer_rules.reading.chunks import Chunker
from quoteminer_rules.reports.grammar import Grammar

PAGE = Path(__file__).resolve().parents[2] / "docs" / "languages.md"
SMALL = [
    (
        "it",
        "La ministra non era in città. Ha detto che il ponte della stazione è ancora chiuso e che gli autobus non passano per il centro.",
    ),
    (
        "pt",
        "A ministra não estava na cidade. Ela disse que a ponte da estação ainda está fechada e os ônibus não passam pelo centro.",
    ),
    (
        "nl",
        "De minister was niet in de stad. Ze zei dat de brug bij het station nog dicht is en dat er geen bussen door het centrum gaan.",
    ),
    (
        "no",
        "Statsråden var ikke i byen. Hun sa at broen ved stasjonen er stengt av politiet, og at det ikke går an å kjøre buss til sentrum etter mandag.",
    ),
    (
        "sv",
        "Ministern var inte i staden. Hon sade att bron vid stationen är stängd och att det inte går några bussar till centrum.",
    ),
    (
        "da",
        "Ministeren var ikke i byen. Hun sagde, at broen ved stationen er lukket, og at der ikke kører busser til centrum efter mandag.",
    ),
]
OURS = sorted(path.parent for path in LANGUAGES.glob("*/pack.toml"))


def made_from_page(folder: Path) -> Path:
    """The language of the page, its blocks written to files."""
    blocks = re.findall(r"^```nl/(\S+)\n(.*?)^```", PAGE.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)
    folder.mkdir()
    for name, content in blocks:
        (folder / name).write_text(content, encoding="utf-8")
    return folder


@pytest.fixture
def dutch(tmp_path: Path) -> Path:
    return made_from_page(tmp_path / "nl")


def run(*arguments: str | Path):
    return CliRunner().invoke(program, [str(argument) for argument in arguments])


@pytest.mark.parametrize("folder", OURS, ids=lambda path: path.name)
def test_every_example_of_our_folders_is_found(folder: Path):
    done = run("check-language", folder)
    assert done.exit_code == 0, done.output


def test_the_page_shows_what_the_check_of_our_folder_prints():
    done = run("check-language", LANGUAGES / "de")
    assert done.output in PAGE.read_text(encoding="utf-8")


def test_a_language_made_by_the_page_passes_its_check_and_is_used(dutch: Path):
    done = run("check-language", dutch)
    assert done.exit_code == 0, done.output
    assert done.output in PAGE.read_text(encoding="utf-8")
    text = dutch.parent / "bericht.txt"
    text.write_text(
        "De minister zei op maandag dat het plan werkt.\n\n“Ik weet het niet,” antwoordde Ada van Dam.\n", encoding="utf-8"
    )
    done = run("mine", "--language", dutch, "--format", "jsonl", text)
    assert done.exit_code == 0, done.output
    assert '"language": "nl"' in done.output
    assert done.output.count('"cue_lemma"') == 2


def test_a_plugin_brings_a_language(dutch: Path):
    class Dutch:
        plugin_name = "dutch"

        @hookimpl
        def quoteminer_languages(self):
            return [LanguagePack.of_folder(dutch)]

    miner = Miner(["rules", Dutch()])
    (quote,) = miner.mine(Document("Ada heeft gisteren gezegd dat het werkt.", language="nl-BE"))
    assert (quote.kind, quote.cue_lemma) == ("indirect", "zeggen")
    assert not miner.mine(Document("Ada heeft gisteren gezegd dat het werkt.", language="ga")).quotes
    assert any(
        "rules.quotes reads en" in issue.message and "nl" in issue.message
        for issue in miner.mine(Document("Ada.", language="ga")).issues
    )


def test_a_folder_reaches_worker_processes(dutch: Path):
    text = dutch.parent / "bericht.txt"
    text.write_text("Ada zei dat het werkt.", encoding="utf-8")
    done = run("mine", "--workers", "1", "--language", dutch, "--format", "jsonl", text)
    assert '"cue_lemma": "zeggen"' in done.output
    assert LanguageFolder(dutch).__reduce__() == (LanguageFolder, (dutch,))


def test_a_draft_is_read_only_when_it_is_asked_for(dutch: Path):
    file = dutch / "pack.toml"
    text = file.read_text(encoding="utf-8").replace("version = 1", "version = 1\ndraft = true").replace('"nl"', '"fy"')
    file.write_text(text, encoding="utf-8")
    assert Pack(dutch).draft
    document = Document("“Het werkt,” zei Ada.", language="fy")
    assert not Miner(["rules"]).mine(document).quotes
    assert len(Miner(["rules", LanguageFolder(dutch)]).mine(document).quotes) == 1


def test_a_folder_that_is_no_language_is_refused(tmp_path: Path):
    with pytest.raises(ConfigurationError, match=r"pack\.toml: No such file"):
        LanguagePack.of_folder(tmp_path)
    (tmp_path / "pack.toml").write_text("language = 3", encoding="utf-8")
    with pytest.raises(ConfigurationError, match="language"):
        LanguagePack.of_folder(tmp_path)
    done = run("mine", "--language", tmp_path, PAGE)
    assert done.exit_code == 2 or done.exit_code == 1
    assert "pack.toml" in done.output


@pytest.mark.parametrize(
    ("name", "line", "said"),
    [
        ("words.tsv", "de\tdeterminer", "words.tsv:2: expected 2 columns"),
        ("words.tsv", "de\tarticulated", "words.tsv:2: there is no class 'articulated'"),
        ("verbs.tsv", "zwijgen\tmute\t-\tsay", "verbs.tsv:2: there is no paradigm 'mute'"),
        ("verbs.tsv", "zwijgen\tstrong\tpast\tsay", "verbs.tsv:2: 'past' gives no form"),
        ("verbs.tsv", "zwijg\tstrong\t-\tsay", "verbs.tsv:2: no row of the paradigm 'strong' fits 'zwijg'"),
        ("paradigms.tsv", "odd\t(\t~\t~\t~\t~\t~", "paradigms.tsv:2: cannot read the ending"),
        ("paradigms.tsv", "odd\ten\t~", "paradigms.tsv:2: expected 7 columns"),
    ],
)
def test_what_is_wrong_in_a_table_is_told_with_its_line(dutch: Path, name: str, line: str, said: str):
    file = dutch / name
    first, rest = file.read_text(encoding="utf-8").split("\n", 1)
    file.write_text(
        f"{first}\n{line}{'' if name != 'words.tsv' or 'artic' in line else chr(9) + 'more'}\n{rest}", encoding="utf-8"
    )
    done = run("check-language", dutch)
    assert done.exit_code == 1
    assert said in done.output


@pytest.mark.parametrize(
    ("name", "old", "new", "said"),
    [
        ("pack.toml", "version = 1", "version = 9", "version is 9; this engine reads 1"),
        ("pack.toml", "verb_bracket = true", "verb_bracket = 3", "neither true nor false"),
        ("pack.toml", "verb_bracket", "verb_basket", "there is no feature 'verb_basket'"),
        ("patterns.toml", 'pattern = "complementiser"', 'pattern = "( complementiser"', "a bracket is never closed"),
        ("patterns.toml", 'kind = "question"', 'kind = "query"', "there is no chunk 'query'"),
        ("patterns.toml", '"preposition", "coord', '"proposition", "coord', "there is no class 'proposition'"),
        ("constructions.toml", "content=clause", "content=claws", "there is no chunk 'claws'"),
        ("constructions.toml", 'id = "that"', 'id = "that"\nholds = ["digits"]', "there is no class 'digits'"),
        (
            "constructions.toml",
            "cue=verb adverbial* bracket? comma?",
            "verb adverbial* comma?",
            "the pattern names its cue 0 times",
        ),
        ("constructions.toml", "[Het werkt], <zei>", "[Het werkt, <zei>", "is not closed"),
        ("constructions.toml", "[Het werkt], <zei>", "[Het werkt], <bromde>", "not found as it is marked"),
    ],
)
def test_what_is_wrong_elsewhere_is_told_with_its_file(dutch: Path, name: str, old: str, new: str, said: str):
    file = dutch / name
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")
    done = run("check-language", dutch)
    assert done.exit_code == 1
    assert said in done.output
    assert name in done.output


def test_a_broken_language_costs_its_documents_and_nothing_else(dutch: Path):
    (dutch / "verbs.tsv").write_text("zwijgen\n", encoding="utf-8")
    miner = Miner(["rules", LanguageFolder(dutch)])
    extraction = miner.mine(Document("Ada zei dat het werkt.", language="nl"))
    assert not extraction.quotes
    assert any("verbs.tsv:1" in issue.message for issue in extraction.issues)
    assert miner.mine("“It works,” said Ada.").quotes


def test_a_missing_file_is_named(dutch: Path):
    (dutch / "paradigms.tsv").unlink()
    done = run("check-language", dutch)
    assert done.exit_code == 1
    assert "paradigms.tsv" in done.output


def test_examples_are_told_with_their_lines(dutch: Path):
    (dutch / "examples.txt").write_text("# one\n{Ada} <zei> [dat het werkt]. }\n", encoding="utf-8")
    done = run("check-language", dutch)
    assert done.exit_code == 1
    assert "examples.txt:2: '}' closes nothing" in done.output


@pytest.mark.parametrize(
    "pieces",
    [
        "sagte Ada, ", "der Sprecher der Polizei ", "„", "„A“, sagte ", "und ", "sagte sagte ", "laut ", "Ada, der Chef, ", ", ", "teilte ", "die der des ", "am Montag ",
    ],
)  # fmt: skip
def test_time_grows_linearly_with_hostile_text(pieces: str):
    grammar = Grammar(LANGUAGES / "de")
    size, factor = growth(lambda size: list(grammar.find(pieces * size)), largest=1 << 12)
    assert factor <= TOO_STEEP, f"doubling {size} takes {factor:.1f} times as long"


def test_a_pack_of_another_language_is_named_in_an_error(tmp_path: Path):
    (tmp_path / "pack.toml").write_text('version = 1\nlanguage = "Dutch!"', encoding="utf-8")
    with pytest.raises(PackError, match="no tag of BCP 47"):
        Pack(tmp_path)


@pytest.mark.parametrize("language", ["de", "en", "es", "fr"])
def test_words_of_a_language_have_letters_that_its_patterns_know(language):
    """A letter that is made after the patterns were compiled fits none of them: the word would be read as nothing."""
    pack = packs.load(LANGUAGES / language)
    letters = Chunker(LANGUAGES / language).letters
    known = letters.known()
    for word in [*pack.words, *pack.verbs, *pack.capitals]:
        for written in (word, word.capitalize(), word.upper()):
            assert {letters[written + end] for end in ("", "'s", "’s")} <= known


def test_a_word_that_is_listed_twice_is_told(dutch: Path):
    file = dutch / "words.tsv"
    file.write_text("de\tdeterminer\nhet, de\tdeterminer\n" + file.read_text(encoding="utf-8"), encoding="utf-8")
    done = run("check-language", dutch)
    assert done.exit_code == 1
    assert "words.tsv:2: 'de' is listed with this already" in done.output


def test_a_row_may_hold_several_words_and_verbs(dutch: Path):
    (dutch / "words.tsv").write_text("dat, of\tcomplementiser\nhet\tdeterminer\n", encoding="utf-8")
    (dutch / "verbs.tsv").write_text("melden, zeggen\tweak\t-\tsay\n", encoding="utf-8")
    pack = Pack(dutch)
    assert pack.of_class("complementiser") == {"dat", "of"}
    assert {reading.lemma for form in ("meldde", "zeggde") for reading in pack.verbs[form]} == {"melden", "zeggen"}
    assert LanguagePack.of_folder(dutch).words("complementiser") == {"dat", "of"}


def like(folder: Path, other: str) -> Path:
    """Dutch without phrases and constructions of its own."""
    for name in ("patterns.toml", "constructions.toml"):
        (folder / name).unlink()
    file = folder / "pack.toml"
    file.write_text(f'like = "{other}"\n' + file.read_text(encoding="utf-8"), encoding="utf-8")
    return folder


def test_a_language_may_be_like_another(dutch: Path):
    like(dutch, "no")
    (dutch / "examples.txt").write_text("{Ada} <zei> [dat het werkt].\n", encoding="utf-8")
    done = run("check-language", dutch)
    assert done.exit_code == 0, done.output
    assert " 1 examples" in done.output  # none of the other language
    assert Grammar(dutch).find("Ada zei dat het werkt.")


def test_languages_like_each_other_in_a_circle_lack_a_file(dutch: Path):
    like(dutch, "other")
    other = dutch.with_name("other")
    shutil.copytree(dutch, other)
    file = other / "pack.toml"
    file.write_text(file.read_text(encoding="utf-8").replace('like = "other"', 'like = "nl"'), encoding="utf-8")
    done = run("check-language", dutch)
    assert done.exit_code == 1
    assert "patterns.toml" in done.output


def test_a_language_like_one_that_is_not_there_is_told(dutch: Path):
    done = run("check-language", like(dutch, "xx"))
    assert done.exit_code == 1
    assert "pack.toml: like is 'xx'; there is no folder of that language" in done.output


@pytest.mark.parametrize("tag", ["nl", "no", "sv", "da"])
def test_small_languages_are_small(tag: str):
    """What a few lines can do is what they are there to show; learned weights come on top."""
    # Frequent last names serve archives and not the rules.
    files = [file for file in (LANGUAGES / tag).glob("*.*") if file.name != "last_names.txt"]
    lines = [line for file in files for line in file.read_text(encoding="utf-8").splitlines()]
    assert sum(bool(line) and not line.startswith("#") for line in lines) <= 60


@pytest.mark.parametrize(("tag", "text"), SMALL)
def test_small_languages_are_told_by_their_words(tag: str, text: str):
    extraction = Miner(["rules"]).mine(Document(text, language="und"))
    assert extraction.document.language == tag
    assert len(extraction.quotes) == 1
