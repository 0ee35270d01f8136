"""Quotations of the open corpus, altered in named ways, with the verdict that each must get.

The words by which they are altered are lists of the tests' own, so that no word is known to be a negation only because the packs say so.
"""

from __future__ import annotations

import random
import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from typing import Final, NamedTuple

from quoteminer import Document, Extraction, Quote, Span, Speaker
from quoteminer.evaluation import seeds
from quoteminer.text import Builder

WORD: Final = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")


class Words(NamedTuple):
    """What is put into and taken out of quotations of one language."""

    negations: tuple[str, ...]
    negatable: dict[str, str]
    modals: tuple[str, ...]
    quantifiers: tuple[str, ...]
    conditions: tuple[str, ...]
    tenses: dict[str, str]
    numbers: dict[str, int]
    units: tuple[str, ...]
    names: tuple[str, ...]
    nouns: tuple[str, ...]
    hesitation: str
    others: tuple[str, ...]
    """Words that may tell too much to be left out or replaced as if they told nothing."""
    frame: str


WORDS: Final = {
    "en": Words(
        negations=("not", "never", "no", "nothing", "nobody", "none", "without", "neither", "nor", "cannot", "hardly"),
        negatable={
            word: f"{word} not"
            for word in "is are was were will would can could should must do does did has had may might".split()
        },
        modals=("can", "could", "may", "might", "must", "should", "will", "would", "shall"),
        quantifiers=("all", "some", "many", "most", "few", "every", "always", "often", "only", "each", "any", "several", "both"),
        conditions=("if", "unless", "provided"),
        tenses={
            "is": "was",
            "was": "is",
            "are": "were",
            "were": "are",
            "has": "had",
            "have": "had",
            "had": "has",
            "do": "did",
            "did": "does",
        },
        numbers={
            "two": 2,
            "three": 3,
            "four": 4,
            "five": 5,
            "six": 6,
            "seven": 7,
            "eight": 8,
            "nine": 9,
            "ten": 10,
            "eleven": 11,
            "twelve": 12,
            "twenty": 20,
            "thirty": 30,
            "forty": 40,
        },
        units=("dollars", "euros", "pounds", "tonnes", "percent"),
        names=("Ottokar", "Brunhild", "Quistorp"),
        nouns=("walrus", "banjo", "gherkin", "lighthouse", "custard", "zeppelin"),
        hesitation="uh",
        others=tuple(
            "probably perhaps maybe twice once first second third quarter half pound pounds feet foot more most less much another other such whether likely barely nearly almost exactly mostly usually sometimes pence miles metres per cent percent degrees hours minutes thousand hundred million dozen been being be".split()
        ),
        frame="“{}” {} said.",
    ),
    "de": Words(
        negations=(
            "nicht",
            "nie",
            "niemals",
            "kein",
            "keine",
            "keinen",
            "keiner",
            "nichts",
            "niemand",
            "ohne",
            "weder",
            "noch",
            "kaum",
        ),
        negatable={
            word: f"{word} nicht" for word in "ist sind war waren wird werden kann können soll muss müssen hat haben darf".split()
        },
        modals=(
            "kann",
            "können",
            "darf",
            "dürfen",
            "muss",
            "müssen",
            "soll",
            "sollen",
            "sollte",
            "will",
            "könnte",
            "wird",
            "werden",
            "würde",
        ),
        quantifiers=(
            "alle",
            "allen",
            "alles",
            "einige",
            "viele",
            "wenige",
            "jeder",
            "jede",
            "immer",
            "oft",
            "nur",
            "manche",
            "mehr",
            "beide",
        ),
        conditions=("wenn", "falls", "sofern", "ob"),
        tenses={"ist": "war", "war": "ist", "sind": "waren", "waren": "sind", "hat": "hatte", "haben": "hatten", "hatte": "hat"},
        numbers={
            "zwei": 2,
            "drei": 3,
            "vier": 4,
            "fünf": 5,
            "sechs": 6,
            "sieben": 7,
            "acht": 8,
            "neun": 9,
            "zehn": 10,
            "elf": 11,
            "zwölf": 12,
            "zwanzig": 20,
        },
        units=("Euro", "Tonnen", "Prozent", "Meter"),
        names=("Ottokar", "Brunhild", "Quistorp"),
        nouns=("Walross", "Banjo", "Gewürzgurke", "Leuchtturm", "Pudding", "Zeppelin"),
        hesitation="äh",
        others=tuple(
            "vielleicht wohl wahrscheinlich einmal zweimal erste ersten zweite halb halbe mehr weniger fast genau meist manchmal hundert tausend million millionen dutzend sein gewesen worden hätte hätten wäre wären andere anderen solche".split()
        ),
        frame="„{}“, sagte {}.",
    ),
    "fr": Words(
        negations=("pas", "jamais", "rien", "personne", "aucun", "aucune", "sans", "ni", "ne", "plus", "guère", "non"),
        negatable={word: f"{word} pas" for word in "est sont était a ont avait peut peuvent doit doivent va vont sera".split()},
        modals=("peut", "peuvent", "pourrait", "doit", "doivent", "devrait", "faut", "veut"),
        quantifiers=(
            "tous",
            "toutes",
            "tout",
            "toute",
            "quelques",
            "plusieurs",
            "beaucoup",
            "chaque",
            "toujours",
            "souvent",
            "seulement",
            "peu",
        ),
        conditions=("si", "sauf"),
        tenses={"est": "était", "était": "est", "sont": "étaient", "a": "avait", "ont": "avaient", "avait": "a"},
        numbers={
            "deux": 2,
            "trois": 3,
            "quatre": 4,
            "cinq": 5,
            "six": 6,
            "sept": 7,
            "huit": 8,
            "neuf": 9,
            "dix": 10,
            "onze": 11,
            "douze": 12,
            "vingt": 20,
        },
        units=("euros", "tonnes", "mètres"),
        names=("Ottokar", "Brunhild", "Quistorp"),
        nouns=("morse", "banjo", "cornichon", "phare", "flan", "zeppelin"),
        hesitation="euh",
        others=tuple(
            "peut-être probablement fois premier première second seconde moitié demi plus moins presque exactement parfois cent mille million millions douzaine être été autre autres tel".split()
        ),
        frame="« {} », a dit {}.",
    ),
    "es": Words(
        negations=("no", "nunca", "jamás", "nada", "nadie", "ninguno", "ninguna", "ningún", "sin", "ni", "tampoco"),
        negatable={
            word: f"no {word}" for word in "es son era ha han había puede pueden debe deben va van será está están".split()
        },
        modals=("puede", "pueden", "podría", "debe", "deben", "debería", "quiere"),
        quantifiers=(
            "todos",
            "todas",
            "todo",
            "toda",
            "algunos",
            "algunas",
            "muchos",
            "muchas",
            "pocos",
            "cada",
            "siempre",
            "solo",
            "sólo",
            "varios",
        ),
        conditions=("si", "salvo"),
        tenses={"es": "era", "era": "es", "son": "eran", "ha": "había", "han": "habían", "está": "estaba"},
        numbers={
            "dos": 2,
            "tres": 3,
            "cuatro": 4,
            "cinco": 5,
            "seis": 6,
            "siete": 7,
            "ocho": 8,
            "nueve": 9,
            "diez": 10,
            "once": 11,
            "doce": 12,
            "veinte": 20,
        },
        units=("euros", "toneladas", "metros"),
        names=("Ottokar", "Brunhild", "Quistorp"),
        nouns=("morsa", "banjo", "pepinillo", "faro", "flan", "zepelín"),
        hesitation="eh",
        others=tuple(
            "quizá quizás tal vez probablemente primero primera segundo segunda medio media más menos casi exactamente veces cien mil millón millones docena ser sido otro otra otros otras tal".split()
        ),
        frame="«{}», dijo {}.",
    ),
}


class Said(NamedTuple):
    """Words that somebody says in a source."""

    words: str
    speaker: str


class Source(NamedTuple):
    """A transcript made of quotations of the corpus, and what stands in it."""

    document: Document
    said: list[Said]
    speakers: list[str]


class Case(NamedTuple):
    """An altered quotation.

    Attributes:
        name: of the alteration.
        words, speaker: what the article has.
        verdict: what must be said of it.
        kind: of the change that must be named, or ``None``.
    """

    name: str
    words: str
    speaker: str
    verdict: str
    kind: str | None


def sources(language: str, split: str, size: int = 30, seed: int = 0) -> list[Source]:
    """Transcripts of turns; each holds quotations of several documents, each turn some of one speaker."""
    chance = random.Random(f"{language}{split}{seed}")
    spoken: list[Said] = []
    seen: set[str] = set()
    for annotated in seeds(split, language):
        document = annotated.document
        for quote in annotated.quotes:
            if quote.kind != "direct" or quote.nested or quote.speaker is None or len(quote.content) != 1:
                continue
            name, words = quote.speaker.name, " ".join(document[quote.content[0]].split())
            inner = WORD.findall(words)
            if (
                len(inner) < 5
                or words in seen
                or not name[:1].isupper()
                or len(name.split()) != 2
                or any(sign in words for sign in '“”„«»"…[](')
            ):
                continue
            seen.add(words)
            spoken.append(Said(words.rstrip(",;:"), name))
    chance.shuffle(spoken)
    made = []
    for number in range(0, len(spoken), size):
        said = spoken[number : number + size]
        if len(said) < size // 2:
            break
        made.append(Source(_transcript(said, f"{language}-{number}", language), said, sorted({one.speaker for one in said})))
    return made


def _transcript(said: Sequence[Said], name: str, language: str) -> Document:
    raw = "\n".join(f"{one.speaker}\t{one.words}" for one in said)
    builder = Builder(raw)
    at = 0
    for one in said:
        builder.label(at, at + len(one.speaker))
        at += len(one.speaker) + 1
        begin = builder.length
        builder.take(at, at + len(one.words))
        if not one.words.endswith((".", "!", "?")):
            builder.put(".")
        builder.place(begin, "turn", one.speaker)
        at += len(one.words) + 1
    origin = builder.build()
    return Document(origin.text, id=name, language=language, origin=origin)


def article(cases: Sequence[Case], language: str) -> Extraction:
    """An article that quotes them, with its quotations as they are."""
    parts: list[str] = []
    length = 0
    quotes = []
    speakers: dict[str, Speaker] = {}
    for number, case in enumerate(cases):
        before, _, after = WORDS[language].frame.format("\0", case.speaker).partition("\0")
        text = f"{before}{case.words}{after}\n\n"
        start = length + len(before)
        speaker = speakers.setdefault(case.speaker, Speaker(f"s{len(speakers)}", case.speaker, kind="person"))
        quotes.append(Quote([Span(start, start + len(case.words))], "direct", speaker=speaker.id, id=f"q{number:04}"))
        parts.append(text)
        length += len(text)
    return Extraction(Document("".join(parts), language=language), quotes, list(speakers.values()))


def cases(source: Source, others: Sequence[Source], language: str, chance: random.Random) -> Iterator[Case]:
    """Each quotation of a source, altered in every way that it can be."""
    lists = WORDS[language]
    for number, said in enumerate(source.said):
        for name, alter in _SINGLE.items():
            altered = alter(said.words, lists, chance)
            if altered is not None:
                words, verdict, kind = altered
                yield Case(name, words, said.speaker, verdict, kind)
        strangers = [one for one in source.speakers if one != said.speaker and one.split()[-1] != said.speaker.split()[-1]]
        if strangers:
            yield Case("other speaker", said.words, chance.choice(strangers), "other_speaker", None)
        same = [one for one in source.said if one.speaker == said.speaker and one is not said]
        rest = [*same, *(one for place, one in enumerate(source.said) if abs(place - number) > 1 and one is not said)]
        spliced = rest and _spliced(said.words, chance.choice(rest[: max(len(same), 4)]).words)
        if spliced:
            yield Case("splice", spliced, said.speaker, "spliced", None)
        if others:
            elsewhere = chance.choice(chance.choice(others).said)
            yield Case("invented", elsewhere.words, said.speaker, "not_found", None)
            if elsewhere.speaker.split()[-1] not in {one.split()[-1] for one in source.speakers}:
                yield Case("stranger", elsewhere.words, elsewhere.speaker, "no_such_speaker", None)


Altered = tuple[str, str, str | None] | None
Alteration = Callable[[str, Words, random.Random], Altered]


def _untouched(words: str, lists: Words, chance: random.Random) -> Altered:
    return words, "verbatim", None


def _marks(words: str, lists: Words, chance: random.Random) -> Altered:
    changed = words.replace("’", "'").replace("—", " - ").replace("–", "-").replace(", ", ",\u00a0")
    changed = unicodedata.normalize("NFD", changed)
    return changed.rstrip(".") + ",", "verbatim", None


def _case(words: str, lists: Words, chance: random.Random) -> Altered:
    return words[0].swapcase() + words[1:], "verbatim", None


def _bracket_letter(words: str, lists: Words, chance: random.Random) -> Altered:
    return (f"[{words[0].swapcase()}]{words[1:]}", "verbatim", None) if words[0].isalpha() and len(words.split()[0]) > 1 else None


def _bracket_word(words: str, lists: Words, chance: random.Random) -> Altered:
    found = [match for match in _plain_words(words, lists) if match.start()]
    if not found or len(words.split()) < 7:
        return None
    match = chance.choice(found)
    return f"{words[: match.start()]}[{chance.choice(lists.nouns)}]{words[match.end() :]}", "verbatim", None


def _numeral(words: str, lists: Words, chance: random.Random) -> Altered:
    found = [
        match
        for match in WORD.finditer(words)
        if match.group().lower() in lists.numbers and "-" not in words[max(0, match.start() - 1) : match.end() + 1]
    ]
    if not found:
        return None
    match = chance.choice(found)
    return f"{words[: match.start()]}{lists.numbers[match.group().lower()]}{words[match.end() :]}", "verbatim", None


def _typo(words: str, lists: Words, chance: random.Random) -> Altered:
    found = [match for match in _plain_words(words, lists) if len(match.group()) >= 6 and match.group().isalpha()]
    if not found:
        return None
    match = chance.choice(found)
    word = match.group()
    place = chance.randrange(1, len(word) - 2)
    if word[place] == word[place + 1]:
        return None
    wrong = word[:place] + word[place + 1] + word[place] + word[place + 2 :]
    return words[: match.start()] + wrong + words[match.end() :], "altered", "replaced"


def _drop(words: str, lists: Words, chance: random.Random) -> Altered:
    found = [match for match in _plain_words(words, lists) if match.start() > 0 and match.end() < len(words.rstrip(" .!?"))]
    if not found or len(words.split()) < 6:
        return None
    match = chance.choice(found)
    return " ".join(f"{words[: match.start()]}{words[match.end() :]}".split()).replace(" ,", ","), "altered", None


def _replace(words: str, lists: Words, chance: random.Random) -> Altered:
    found = list(_plain_words(words, lists))
    if not found or len(words.split()) < 6:
        return None
    match = chance.choice(found)
    return f"{words[: match.start()]}{chance.choice(lists.nouns)}{words[match.end() :]}", "altered", None


def _add(words: str, lists: Words, chance: random.Random) -> Altered:
    found = [match for match in WORD.finditer(words) if match.start()]
    if not found:
        return None
    match = chance.choice(found)
    return f"{words[: match.start()]}{chance.choice(lists.nouns)} {words[match.start() :]}", "altered", None


def _swap(words: str, lists: Words, chance: random.Random) -> Altered:
    found = list(WORD.finditer(words))
    pairs = [
        (one, two)
        for one, two in zip(found, found[1:], strict=False)
        if words[one.end() : two.start()] == " "
        and one.group().lower() != two.group().lower()
        and len(one.group()) > 2
        and len(two.group()) > 2
    ]
    if not pairs or len(found) < 6:
        return None
    one, two = chance.choice(pairs)
    return f"{words[: one.start()]}{two.group()} {one.group()}{words[two.end() :]}", "altered", None


def _negate(words: str, lists: Words, chance: random.Random) -> Altered:
    found = [match for match in WORD.finditer(words) if match.group() in lists.negatable]
    if not found:
        return None
    match = chance.choice(found)
    if WORD.match(words, match.end() + 1) is None or words[match.end() : match.end() + 1] != " ":
        return None
    return f"{words[: match.start()]}{lists.negatable[match.group()]}{words[match.end() :]}", "altered", "negation"


def _affirm(words: str, lists: Words, chance: random.Random) -> Altered:
    found = [match for match in WORD.finditer(words) if match.group().lower() in lists.negations and match.start()]
    if not found or len(words.split()) < 6:
        return None
    match = chance.choice(found)
    return " ".join(f"{words[: match.start()]}{words[match.end() :]}".split()), "altered", "negation"


def _number(words: str, lists: Words, chance: random.Random) -> Altered:
    found = [match for match in WORD.finditer(words) if match.group().isdecimal() or match.group().lower() in lists.numbers]
    if not found or len(words.split()) < 6:
        return None
    match = chance.choice(found)
    word = match.group()
    other = (
        str(int(word) + chance.choice((1, 10, -1)))
        if word.isdecimal()
        else chance.choice([one for one in lists.numbers if one != word.lower()])
    )
    return f"{words[: match.start()]}{other}{words[match.end() :]}", "altered", "number"


def _listed(names: str, kind: str) -> Alteration:
    def alter(words: str, lists: Words, chance: random.Random) -> Altered:
        listed: tuple[str, ...] = getattr(lists, names)
        found = [match for match in WORD.finditer(words) if match.group().lower() in map(str.lower, listed)]
        if not found or len(words.split()) < 5:
            return None
        match = chance.choice(found)
        other = chance.choice([one for one in listed if one.lower() != match.group().lower()])
        other = other.capitalize() if match.group().istitle() else other
        return f"{words[: match.start()]}{other}{words[match.end() :]}", "altered", kind

    return alter


def _tense(words: str, lists: Words, chance: random.Random) -> Altered:
    found = [match for match in WORD.finditer(words) if match.group() in lists.tenses]
    if not found or len(words.split()) < 5:
        return None
    match = chance.choice(found)
    return f"{words[: match.start()]}{lists.tenses[match.group()]}{words[match.end() :]}", "altered", "tense"


def _conditioned(words: str, lists: Words, chance: random.Random) -> Altered:
    found = [match for match in WORD.finditer(words) if match.group().lower() in lists.conditions]
    if not found or len(words.split()) < 7:
        return None
    match = chance.choice(found)
    return " ".join(f"{words[: match.start()]}{words[match.end() :]}".split()), "altered", "condition"


def _name(words: str, lists: Words, chance: random.Random) -> Altered:
    found = [
        match
        for match in WORD.finditer(words)
        if match.start() and match.group().istitle() and len(match.group()) > 2 and words[match.start() - 2].isalpha()
    ]
    if not found or len(words.split()) < 6:
        return None
    match = chance.choice(found)
    return f"{words[: match.start()]}{chance.choice(lists.names)}{words[match.end() :]}", "altered", None


def _ellipsis(words: str, lists: Words, chance: random.Random) -> Altered:
    found = list(WORD.finditer(words))
    if len(found) < 11:
        return None
    first = chance.randrange(4, len(found) - 6)
    last = first + chance.randrange(1, 3)
    left = found[first : last + 1]
    if any(_telling(match, lists) for match in left):
        return None
    return f"{words[: left[0].start()]}{chance.choice(('…', '...', '[…]'))} {words[found[last + 1].start() :]}", "verbatim", None


def _ellipsis_over_negation(words: str, lists: Words, chance: random.Random) -> Altered:
    found = list(WORD.finditer(words))
    places = [
        place for place, match in enumerate(found) if match.group().lower() in lists.negations and 3 <= place < len(found) - 3
    ]
    if not places:
        return None
    place = chance.choice(places)
    return f"{words[: found[place].start()]}… {words[found[place + 1].start() :]}", "altered", "negation"


def _halves(words: str, lists: Words, chance: random.Random) -> Altered:
    found = list(WORD.finditer(words))
    if len(found) < 14:
        return None
    middle = found[len(found) // 2]
    first, second = words[: middle.start()].rstrip(" ,;.!?–—-"), words[middle.start() :].rstrip(" .!?")
    return f"{second}, {first}", "spliced", None


def _one_word(words: str, lists: Words, chance: random.Random) -> Altered:
    return chance.choice(WORD.findall(words)), "too_short", None


def _plain_words(words: str, lists: Words) -> Iterator[re.Match[str]]:
    """The words that no list holds, which are no numbers and have no capital letter."""
    for match in WORD.finditer(words):
        if len(match.group()) > 3 and not _telling(match, lists) and match.group().islower():
            yield match


def _telling(match: re.Match[str], lists: Words) -> bool:
    word = match.group().lower()
    if not word.isalpha() or "'" in word or "’" in word or match.group()[0].isupper():
        return True
    listed = {
        one.lower()
        for one in (*lists.others, *lists.negations, *lists.modals, *lists.quantifiers, *lists.conditions, *lists.units)
    }
    return word in listed or word in lists.numbers or word in lists.tenses or word in lists.negatable


def _spliced(one: str, two: str) -> str | None:
    """The first half of what is said in one place and the second half of another."""
    ours, theirs = list(WORD.finditer(one)), list(WORD.finditer(two))
    if len(ours) < 10 or len(theirs) < 10:
        return None
    return f"{one[: ours[len(ours) // 2].start()].rstrip(' ,;.!?')} {two[theirs[len(theirs) // 2].start() :]}"


_SINGLE: Final[dict[str, Alteration]] = {
    "untouched": _untouched,
    "marks": _marks,
    "case": _case,
    "bracketed letter": _bracket_letter,
    "bracketed word": _bracket_word,
    "numeral": _numeral,
    "typo": _typo,
    "drop": _drop,
    "replace": _replace,
    "add": _add,
    "swap": _swap,
    "negate": _negate,
    "affirm": _affirm,
    "number": _number,
    "unit": _listed("units", "unit"),
    "modal": _listed("modals", "modal"),
    "quantifier": _listed("quantifiers", "quantifier"),
    "tense": _tense,
    "condition": _conditioned,
    "name": _name,
    "ellipsis": _ellipsis,
    "ellipsis over a negation": _ellipsis_over_negation,
    "halves": _halves,
    "one word": _one_word,
}
MEANING: Final = frozenset(
    ["negate", "affirm", "number", "unit", "modal", "quantifier", "tense", "condition", "name", "ellipsis over a negation"]
)
"""Alterations that change what was said."""
