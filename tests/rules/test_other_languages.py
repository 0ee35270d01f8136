"""German, French and Spanish: what their packs find beyond their own examples, with sources, parts and speakers."""

from __future__ import annotations

import re
import shutil
from itertools import product
from pathlib import Path

import pytest

from quoteminer import Document, Miner
from quoteminer.testing.contract import TOO_STEEP, growth
from quoteminer.testing.grammar import Passage, language, write
from quoteminer_rules import packs
from quoteminer_rules.language import pack as language_packs
from quoteminer_rules.language.clitics import Clitics
from quoteminer_rules.language.genders import Genders
from quoteminer_rules.language.problems import PackError
from quoteminer_rules.lexicon import LANGUAGES
from quoteminer_rules.reports.grammar import Grammar

OTHERS = ["de", "es", "fr", "it", "pt", "nl", "no", "sv", "da"]
_WORD = re.compile(r"\w+")


@pytest.fixture(scope="module")
def miner() -> Miner:
    return Miner(["rules"])


def found(miner: Miner, tag: str, text: str):
    """Contents, cue lemma and source of each quotation."""
    extraction = miner.mine(Document(text, language=tag))
    assert {issue.severity for issue in extraction.issues} <= {"info"}  # that claims are read in English only
    document = extraction.document
    return [
        ([document[span] for span in quote.content], quote.cue_lemma, quote.source and document[quote.source])
        for quote in extraction.quotes
    ]


@pytest.mark.parametrize(
    ("tag", "text", "cue", "source"),
    [
        ("fr", "À la mairie, on répond que le pont est sûr.", "répond", "la mairie"),
        ("fr", "« C'est sûr », a dit à l'AGT Ada Byron, du moulin.", "dit", "Ada Byron"),
        ("fr", "« C'est sûr », a déclaré à la presse le commandant Ada Byron.", "déclaré", "le commandant Ada Byron"),
        ("fr", "Elle blêmit jusqu'aux oreilles et répondit que le pont est sûr.", "répondit", "Elle"),
        ("fr", "« Et le pont ? » fit l'autre.", "fit", "l'autre"),
        ("fr", "« C'est sûr », dit le maire, Paul Brun, « et beau ».", "dit", "Paul Brun"),
        ("fr", "Paul a vu la maire, qui dit que le pont est sûr.", "dit", "qui"),
        ("es", "Desde el sindicato denuncian que el puente se mueve.", "denuncian", "el sindicato"),
        ("es", "En 2019 el alcalde nos dijo que el puente es seguro.", "dijo", "el alcalde"),
        ("es", "Ana se agacha y pregunta si el puente es seguro.", "pregunta", "Ana"),
        ("es", "«Es seguro», dijo el alcalde, Juan Roca, «y bonito».", "dijo", "Juan Roca"),
        ("es", "Vecinos consultados por la agencia dijeron que el puente es seguro.", "dijeron", "Vecinos"),
        ("es", "Nadie dice que el puente es seguro.", "dice", None),
    ],
)
def test_who_it_is_that_says_it(miner: Miner, tag: str, text: str, cue: str, source: str | None):
    document = Document(text, language=tag)
    said = [
        (" ".join(document[span] for span in quote.cue), quote.source and document[quote.source])
        for quote in miner.mine(document).quotes
    ]
    assert (cue, source) in said


@pytest.mark.parametrize(
    ("tag", "text", "contents", "lemma", "source"),
    [
        ("de", "Die Polizei teilte am Montag mit, dass die Brücke gesperrt sei.", ["dass die Brücke gesperrt sei"], "mitteilen", "Die Polizei"),
        ("de", "Am Freitag hatte der Trainer gesagt: »Wir bleiben.«", ["Wir bleiben."], "sagen", "der Trainer"),
        ("de", "Er erklärte, es gebe Streit. Man müsse handeln. Es regnete.", ["es gebe Streit", "Man müsse handeln"], "erklären", "Er"),
        ("es", "Ana contó que iría. Que no tardaba. Luego calló.", ["que iría", "Que no tardaba"], "contar", "Ana"),
        ("es", "La maestra calló. Cuenta que perdió el tren. Y que llueve.", ["que perdió el tren", "que llueve"], "contar", None),
        ("fr", "Ada a affirmé que la porte grinçait. Que personne ne venait. Il pleuvait.", ["que la porte grinçait", "Que personne ne venait"], "affirmer", "Ada"),
        ("de", "Der Polizei zufolge blieb die Straße zu.", ["blieb die Straße zu"], "zufolge", "Der Polizei"),
        ("de", "Die Straße blieb nach Angaben der Stadt geschlossen.", ["Die Straße blieb", "geschlossen"], "nach angaben", "der Stadt"),
        ("de", "Am Montag wurde mitgeteilt, dass die Brücke gesperrt sei.", ["dass die Brücke gesperrt sei"], "mitteilen", None),
        ("de", "Der Sprecher sagte der „Morgenzeitung“, dass es regnet.", ["dass es regnet"], "sagen", "Der Sprecher"),
        ("de", "Wie die Stadt am Freitag bekannt gab, bleibt die Brücke zu.", ["bleibt die Brücke zu"], "bekanntgeben", "die Stadt"),
        ("de", "Der Bäcker wollte wissen, ob es regnet.", ["ob es regnet"], "wissen", "Der Bäcker"),
        ("de", "Nach Polizeiangaben blieb die Straße zu.", ["blieb die Straße zu"], "nach polizeiangaben", None),
        ("de", "Die Bahn hat neue Züge bestellt, das teilte der Vorstand mit.", ["Die Bahn hat neue Züge bestellt"], "mitteilen", "der Vorstand"),
        ("de", "– Wir gehen, sagte Hanna. Sofort.\n\n– Warum?", ["Wir gehen", "Sofort."], "sagen", "Hanna"),
        ("fr", "« Je ne sais pas, dit-elle, mais je viens. »", ["Je ne sais pas", "mais je viens."], "dire", "elle"),
        ("fr", "« Tout va bien », a-t-il assuré lundi.", ["Tout va bien"], "assurer", "il"),
        ("fr", "D'après la mairie, l'école rouvrira en mars.", ["l'école rouvrira en mars"], "d'après", "la mairie"),
        ("fr", "La ministre affirme que les prix baissent et que l'hiver sera doux.", ["que les prix baissent", "que l'hiver sera doux"], "affirmer", "La ministre"),
        ("fr", "Il lui a demandé s'il viendrait.", ["s'il viendrait"], "demander", "Il"),
        ("fr", "— Venez, dit Paul. La nuit tombe.\n\n— Non !", ["Venez", "La nuit tombe."], "dire", "Paul"),
        ("es", "Dijo que el puente estaba cerrado.", ["que el puente estaba cerrado"], "decir", None),
        ("es", "—Ven —dijo Marta—. Es tarde.\n\n—No.", ["Ven", "Es tarde."], "decir", "Marta"),
        ("es", "«No venimos —explicó el alcalde— a pedir».", ["No venimos", "a pedir"], "explicar", "el alcalde"),
        ("es", "Según explicó la jueza, el caso sigue abierto.", ["el caso sigue abierto"], "explicar", "la jueza"),
        ("es", "El fiscal pidió que declarara y que devolviera el dinero.", ["que declarara", "que devolviera el dinero"], "pedir", "El fiscal"),
        ("de", "Dem Portier hatte er gestern erzählt, er wolle gehen.", ["er wolle gehen"], "erzählen", "er"),
        ("de", "2009 wies der Forscher Béla Vogt nach, dass es regnet.", ["dass es regnet"], "nachweisen", "der Forscher Béla Vogt"),
        ("de", "Im Bericht der Bahn heißt es, alles sei gut.", ["alles sei gut"], "heißen", "Bericht der Bahn"),
        ("de", "Dem Wirt wird vorgeworfen, das Bier verdünnt zu haben.", ["das Bier verdünnt zu haben"], "vorwerfen", None),
        ("de", "Seine Frage, ob es regne, blieb offen.", ["ob es regne"], "frage", "Seine"),
        ("es", "Uno de los detenidos alegó que eran para su abuela.", ["que eran para su abuela"], "alegar", "Uno de los detenidos"),
        ("es", "Una mujer que vende pan asegura que nieva.", ["que nieva"], "asegurar", "Una mujer que vende pan"),
        ("es", "La comisión llamó y el sábado contesté que no iría.", ["que no iría"], "contestar", None),
        ("es", "Aquella vez también dijeron que no había riesgo.", ["que no había riesgo"], "decir", None),
        ("es", "En la próxima visita dijo que no hay dinero.", ["que no hay dinero"], "decir", None),
        ("es", "La operadora, Telraya, informó al día siguiente de que llueve.", ["que llueve"], "informar", "Telraya"),
        ("es", "Era el 61 %, ocho puntos más, y sostuvo que bastaba.", ["que bastaba"], "sostener", None),
        ("es", "Llueve, según aseguró el consejero de Aguas, Joaquín Soto Gil.", ["Llueve"], "asegurar", "Joaquín Soto Gil"),
        ("es", "Puerto Sal, 3 mayo (Agencia).- El puerto abrirá en junio, anunció la ministra.", ["El puerto abrirá en junio"], "anunciar", "la ministra"),
    ],
)  # fmt: skip
def test_reports_of_each_language(miner, tag, text, contents, lemma, source):
    assert (contents, lemma, source) in found(miner, tag, text)


@pytest.mark.parametrize(
    ("tag", "text"),
    [
        ("de", "Der Zug fährt am 14. März um neun ab."),
        ("de", "Zutaten:\n\n– Mehl\n\n– Zucker\n\n– Eier"),
        ("fr", "Les outils :\n\n— une pelle\n\n— un seau"),
        ("es", "Lleva lo siguiente:\n\n— una pala;\n\n— un cubo."),
    ],
)
def test_what_is_no_report(miner, tag, text):
    assert found(miner, tag, text) == []


@pytest.mark.parametrize(("tag", "kind"), [(tag, kind) for tag in OTHERS for kind in language(tag).kinds if kind != "nested"])
def test_stories_are_read_as_they_are_told(miner, tag, kind):
    """Most of the stories of a kind; the verbs that report other things too cost a few."""
    words = language(tag)
    right = total = 0
    for verb, sentence in product(words.verbs, words.sentences):
        story = write([Passage(kind, words.names[0], verb, sentence, words.sentences[0])], words.marks[0], (), tag)
        wanted = {tuple(_words(story.document, quote.content)) for quote in story.extraction.quotes}
        got = {tuple(_words(story.document, quote.content)) for quote in miner.mine(story.document).quotes}
        right += wanted == got
        total += 1
    assert right >= 0.7 * total


def _words(document: Document, content) -> list[str]:
    return [word for span in content for word in _WORD.findall(document[span])]


@pytest.mark.parametrize(
    ("tag", "text", "speakers"),
    [
        ("de", "Die Ministerin Ada Vogt sagte, es sei gut. „Wir warten“, sagte sie. Vogt lobte: „Gut.“", ["Ada Vogt"] * 3),
        ("de", "Polizeisprecher Jan Holm sagte, es sei vorbei. „Alles ruhig“, so Holm.", ["Jan Holm"] * 2),
        ("fr", "Le maire Paul Morel a dit qu'il pleuvait. « Il neige », a ajouté M. Morel. « Encore », a-t-il dit.", ["Paul Morel"] * 3),
        ("fr", "La présidente, Anne Roux, a dit qu'il pleuvait. La présidente a ajouté qu'il neigeait.", ["Anne Roux"] * 2),
        ("es", "La jueza Pilar Soto dijo que llovía. «Nieva», añadió Soto. Dijo que haría frío.", ["Pilar Soto"] * 3),
        ("es", "El portavoz del hotel dijo que llovía.", ["portavoz del hotel"]),
        ("es", "«Llueve», dijo la directora del centro, Pilar Soto. «Nieva», dijo Soto.", ["Pilar Soto"] * 2),
        ("es", "Vino el cartero. Dijo que llovía.", ["cartero"]),
        ("es", "Las vecinas esperaban en la puerta. Dijeron que llovía.", ["vecinas"]),
        ("es", "Alguien dijo que llovía. Ana Ruiz dijo que no.", ["Alguien", "Ana Ruiz"]),
        ("es", "Estimada Pilar Soto:\n\nUsted me preguntaba si llueve.\n\nAtentamente,\nAna Ruiz", ["Pilar Soto"]),
        ("es", "«Yo no he dicho que llueva», explicó Ana Ruiz.", ["Ana Ruiz"] * 2),
    ],
)  # fmt: skip
def test_speakers_are_found_by_names_roles_and_pronouns(miner, tag, text, speakers):
    extraction = miner.mine(Document(text, language=tag))
    assert [extraction.speaker(quote.speaker).name for quote in extraction.quotes if quote.speaker] == speakers


@pytest.mark.parametrize(
    ("tag", "text"),
    [
        (
            "es",
            "«Llueve demasiado»\n\nPor Luis Rey\n\nLa jueza Pilar Soto mira por la ventana. «Nieva», dice Soto. «Y mucho», añade la jueza.",
        ),
        ("de", "„Es regnet zu viel“\n\nVon Luis Rey\n\nDie Richterin Pilar Vogt sagt: „Es schneit.“ „Sehr“, ergänzt Vogt."),
        ("fr", "« Il pleut trop »\n\nPar Luis Rey\n\nLa juge Anne Morel dit : « Il neige. » « Beaucoup », ajoute Anne Morel."),
    ],
)
def test_a_quotation_that_is_the_title_is_of_whoever_is_quoted_most(miner, tag, text):
    extraction = miner.mine(Document(text, language=tag))
    title, *others = extraction.quotes
    assert title.provenance.detail["speaker"] == "title"
    assert {quote.speaker for quote in others} == {title.speaker}
    assert extraction.speaker(title.speaker).name in ("Pilar Soto", "Pilar Vogt", "Anne Morel")


@pytest.mark.parametrize(
    ("tag", "line"),
    [
        ("es", "Luis Rey / Agencia"),
        ("es", "LUIS REY | VILLA SOL"),
        ("es", "Por Luis Rey"),
        ("de", "Mit ihr sprach Luis Rey (dpr)."),
    ],
)
def test_who_asks_in_an_interview_is_named_in_a_line_or_sentence(miner, tag, line):
    dash = {"es": "—", "de": "– "}[tag]
    turns = ["¿Nieva?", "Nieva mucho.", "¿Desde ayer?", "Desde el lunes.", "¿Y mañana?", "También mañana."]
    text = "\n\n".join(["Pilar Soto es jueza.", line, *(dash + turn for turn in turns)])
    extraction = miner.mine(Document(text, language=tag))
    assert [extraction.speaker(quote.speaker).name.title() for quote in extraction.quotes] == ["Luis Rey", "Pilar Soto"] * 3


def test_in_a_dialogue_of_two_turns_are_taken(miner):
    text = "—Ven —dijo Marta.\n\n—No —dijo Luis.\n\n—¿Por qué?\n\n—Llueve."
    extraction = miner.mine(Document(text, language="es"))
    assert [extraction.speaker(quote.speaker).name for quote in extraction.quotes] == ["Marta", "Luis", "Marta", "Luis"]
    assert {quote.layout for quote in extraction.quotes} == {"dash"}


@pytest.mark.parametrize(
    ("tag", "text", "contents", "lemma", "source"),
    [
        ("de", "Im Schreiben des Vereins heißt es dazu unter Punkt zwei. Der Verein schreibt:\n\nWir zahlen das Dach selbst, wenn die Stadt das Gerüst stellt.", ["Wir zahlen das Dach selbst, wenn die Stadt das Gerüst stellt."], "schreiben", "Der Verein"),
        ("fr", "Les mères demandent :\n\n- un médecin à l'école ;\n- des repas chauds ; et\n- un car.", ["un médecin à l'école", "des repas chauds", "un car"], "demander", "Les mères"),
        ("es", "Los vecinos piden:\n\n1. un puente nuevo\n2. agua", ["un puente nuevo", "agua"], "pedir", "Los vecinos"),
    ],
)  # fmt: skip
def test_what_a_clause_announces_is_said(miner, tag, text, contents, lemma, source):
    assert (contents, lemma, source) in found(miner, tag, text)


def test_dialogue_behind_dashes_that_a_clause_announces_is_no_list(miner):
    text = "Il dit à Jean :\n– Ne sortez pas d'ici.\n– Mais enfin, pourquoi ?\n– Il pleut."
    assert [contents for contents, _, _ in found(miner, "fr", text)] == [
        ["Ne sortez pas d'ici."],
        ["Mais enfin, pourquoi ?"],
        ["Il pleut."],
    ]


def test_dialogue_behind_dashes_is_found_in_text_that_lost_its_line_breaks(miner):
    text = (
        "Jean entra. — Bonjour, dit-il. — Que voulez-vous ? — Du pain. Il posa son chapeau sur la table et regarda la rue. "
        "— Nous n'en avons plus, répondit Marie. Revenez demain. — Tant pis. Il sortit sans fermer la porte."
    )
    assert [contents for contents, _, _ in found(miner, "fr", text)] == [
        ["Bonjour"],
        ["Que voulez-vous ?"],
        ["Du pain."],
        ["Nous n'en avons plus", "Revenez demain."],
        ["Tant pis."],
    ]


def test_a_few_dashes_inside_of_lines_open_no_dialogue(miner):
    text = "Il pleuvait depuis trois jours. — Marie regarda la rue. Le boulanger fermait. — Personne ne sortit ce soir-là."
    assert found(miner, "fr", text) == []


def test_marks_behind_a_dash_are_one_quotation(miner):
    text = "— « Merci, dit Paul, vous êtes bon. »\n\n— « De rien », dit Anne."
    assert [contents for contents, _, _ in found(miner, "fr", text)] == [["Merci", "vous êtes bon."], ["De rien"]]


@pytest.mark.parametrize(
    ("text", "modality"),
    [("Gestern wird mitgeteilt, dass es regnet.", "asserted"), ("Ada wird sagen, dass es regnet.", "future")],
)
def test_a_passive_is_not_the_future(miner, text, modality):
    assert [quote.modality for quote in miner.mine(Document(text, language="de")).quotes] == [modality]


def test_dashes_that_open_no_dialogue_are_told(tmp_path: Path):
    folder = tmp_path / "de"
    shutil.copytree(LANGUAGES / "de", folder)
    file = folder / "layouts.toml"
    file.write_text(file.read_text(encoding="utf-8").replace('id = "dash"\n', 'id = "dash"\nopened_by = "#"\n'), encoding="utf-8")
    with pytest.raises(PackError, match="opened_by '#'"):
        Grammar(folder).find("– Es geht, sagte Ada.")


def test_turns_with_a_dash_behind_their_label(miner):
    text = "Mme la présidente. – La séance est ouverte.\n\nM. Paul Morel. – Merci.\n\nMme la présidente. – Je vous écoute.\n\nM. Paul Morel. – Voilà."
    extraction = miner.mine(Document(text, language="fr"))
    assert [extraction.document[quote.content[0]] for quote in extraction.quotes] == [
        "La séance est ouverte.", "Merci.", "Je vous écoute.", "Voilà.",
    ]  # fmt: skip
    assert {quote.layout for quote in extraction.quotes} == {"turn"}


@pytest.mark.parametrize(
    ("tag", "text"),
    [
        ("fr", "« Oui, dit-il.\n— Non.\n— Si. » Il partit. « Bon », dit Paul."),
        ("fr", "« Je viens.\n\n— « Tiens », dit-elle, « viens ».\n\n— Non !"),
        ("es", "—«Sí —dijo— claro» —añadió—. «No\n—¿Qué? —dijo ella—. Nada»."),
        ("de", "– „Ja, sagte er, – nein“, sagte sie – doch!\n– Wirklich? fragte er."),
    ],
)
def test_marks_and_dashes_through_each_other_leave_no_overlap(miner, tag, text):
    for size in (1, 3):
        extraction = miner.mine(Document(text * size, language=tag))
        assert {issue.severity for issue in extraction.issues} <= {"info"}
        assert extraction.quotes


def test_an_interview_where_subjects_are_left_out(miner):
    text = "Ana Roca dirige el museo.\n\n¿Cuándo abre?\n\nEn mayo, creo.\n\n¿Y después?\n\nMe voy de vacaciones.\n\n¿Adónde?\n\nAl mar."
    extraction = miner.mine(Document(text, language="es"))
    answers = [quote for quote in extraction.quotes if not extraction.document[quote.content[0]].endswith("?")]
    assert [extraction.speaker(quote.speaker).name for quote in answers] == ["Ana Roca"] * 3


@pytest.mark.parametrize(
    ("word", "parts"),
    [("l’eau", ["l’", "eau"]), ("dit-il", ["dit", "il"]), ("a-t-elle", ["a", "elle"]), ("qu'il", ["qu'", "il"]), ("rendez-vous", ["rendez-vous"])],
)  # fmt: skip
def test_clitics_are_words_of_their_own(word, parts):
    clitics = Clitics(["l'", "qu'"], ["-il", "-t-elle", "-vous"], ["rendez-vous"])
    assert [word[first:last] for first, last in clitics[word]] == parts


def test_offsets_behind_clitics_are_those_of_the_document(miner):
    text = "Hier, l'élu a dit : « Qu'il vienne ! » L'autre s'est tu."
    document = Document(text, language="fr")
    (quote,) = miner.mine(document).quotes
    assert (document[quote.content[0]], document[quote.source]) == ("Qu'il vienne !", "l'élu")


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("fr", "On m'a raconté que la gare ferme."),
        ("fr", "La gare ferme, dit-on."),
        ("de", "Im Dorf erzählt man, der Brunnen sei trocken."),
        ("de", "Es hieß, der Brunnen sei trocken."),
        ("de", "Dem Kassier wird vorgeworfen, Geld abgehoben zu haben."),
    ],
)
def test_words_that_mean_nobody_are_no_source(miner, language, text):
    (quote,) = miner.mine(Document(text, language=language)).quotes
    assert quote.cue
    assert quote.source is None


def test_a_neuter_that_speaks_is_a_source(miner):
    document = Document("Das Institut schwieg. Es sagte später, der Brunnen sei trocken.", language="de")
    (quote,) = miner.mine(document).quotes
    assert document[quote.source] == "Es"


def test_genders_by_words_names_and_endings():
    genders = Genders(LANGUAGES / "de" / "genders.tsv")
    assert (genders.of_word("frau"), genders.of_name("anna"), genders.of_name("luca"), genders.of_role("sprecherin")) == (
        "f",
        "f",
        "m",
        "f",
    )
    assert genders.of_role("xyz") == ""


@pytest.mark.parametrize(("row", "said"), [("noun\ta\tf", "there is no 'noun'"), ("word\ta\tx", "'x' is no gender here")])
def test_what_is_wrong_in_a_table_of_genders_is_told(tmp_path: Path, row: str, said: str):
    (tmp_path / "genders.tsv").write_text(row + "\n", encoding="utf-8")
    with pytest.raises(PackError, match=said):
        Genders(tmp_path / "genders.tsv")


def test_unfinished_languages_are_not_read_by_themselves(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    for name, draft in (("xa", "true"), ("xb", "false")):
        (tmp_path / name).mkdir()
        (tmp_path / name / "pack.toml").write_text(f'language = "{name}"\nversion = 1\ndraft = {draft}\n', encoding="utf-8")
        (tmp_path / name / "constructions.toml").write_text("", encoding="utf-8")
    monkeypatch.setattr(packs, "LANGUAGES", tmp_path)
    assert [pack.language for pack in packs.others()] == ["xb"]


def test_no_other_language_is_read_before_a_text_in_it():
    language_packs.load.cache_clear()
    Miner(["rules"]).mine("“It works,” said Ada.")
    assert language_packs.load.cache_info().misses <= 1


@pytest.mark.timed
@pytest.mark.parametrize(
    ("tag", "pieces"),
    [
        ("de", "– Ja, sagte er.\n"), ("de", "Er sagte, es sei so. Man müsse gehen. "), ("de", "Dr. Ada Vogt, Ministerin, sagte „Ja“. "),
        ("fr", "— Oui, dit-il.\n"), ("fr", "« Oui, dit-il, non » "), ("fr", "M. Ada – Oui.\n\n"), ("fr", "Oui. — Non. "), ("fr", "— Il partit. Il dit. "), ("fr", "qu'il dit que "),
        ("es", "—Sí —dijo él—.\n"), ("es", "—Sí. —Se fue—. "), ("es", "según Ada, "), ("es", "¿Sí?\n\nNo, yo no.\n\n"),
    ],
)  # fmt: skip
def test_time_grows_linearly_with_hostile_text(miner, tag, pieces):
    size, factor = growth(lambda size: miner.mine(Document(pieces * size, language=tag)), largest=1 << 11)
    assert factor <= TOO_STEEP, f"doubling {size} takes {factor:.1f} times as long"


def test_most_guillemets_tell_which_way_they_point(miner):
    text = "Schinken, aber flink!« schrie er.\n\n»Ich gehe«, sagte Ada. »Bleib«, bat Bo."
    assert [content for content, _, _ in found(miner, "de", text)] == [["Ich gehe"], ["Bleib"]]
