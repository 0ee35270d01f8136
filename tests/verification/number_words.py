"""Whole numbers below a million as each language spells them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

_EN: Final = "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen".split()
_EN_TENS: Final = "- - twenty thirty forty fifty sixty seventy eighty ninety".split()
_DE: Final = "null eins zwei drei vier fünf sechs sieben acht neun zehn elf zwölf dreizehn vierzehn fünfzehn sechzehn siebzehn achtzehn neunzehn".split()
_DE_TENS: Final = "- - zwanzig dreißig vierzig fünfzig sechzig siebzig achtzig neunzig".split()
_FR: Final = "zéro un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize dix-sept dix-huit dix-neuf".split()
_FR_TENS: Final = "- - vingt trente quarante cinquante soixante soixante quatre-vingt quatre-vingt".split()
_ES: Final = (
    "cero uno dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince dieciséis diecisiete dieciocho diecinueve "
    "veinte veintiuno veintidós veintitrés veinticuatro veinticinco veintiséis veintisiete veintiocho veintinueve"
).split()
_ES_TENS: Final = "- - - treinta cuarenta cincuenta sesenta setenta ochenta noventa".split()
_ES_HUNDREDS: Final = (
    "- ciento doscientos trescientos cuatrocientos quinientos seiscientos setecientos ochocientos novecientos".split()
)


def _english(number: int) -> str:
    if number < 20:
        return _EN[number]
    if number < 100:
        tens, rest = divmod(number, 10)
        return f"{_EN_TENS[tens]}-{_EN[rest]}" if rest else _EN_TENS[tens]
    size, name = (1000, "thousand") if number >= 1000 else (100, "hundred")
    many, rest = divmod(number, size)
    joint = " " if rest >= 100 else " and "
    return f"{_english(many)} {name}{joint}{_english(rest)}" if rest else f"{_english(many)} {name}"


def _german(number: int) -> str:
    if number < 20:
        return _DE[number]
    if number < 100:
        tens, rest = divmod(number, 10)
        return f"{_DE[rest].removesuffix('s') if rest == 1 else _DE[rest]}und{_DE_TENS[tens]}" if rest else _DE_TENS[tens]
    size, name = (1000, "tausend") if number >= 1000 else (100, "hundert")
    many, rest = divmod(number, size)
    return _german(many).removesuffix("s" if many == 1 else "-") + name + (_german(rest) if rest else "")


def _french(number: int) -> str:
    if number < 20:
        return _FR[number]
    if number < 100:
        tens = number // 10
        rest = number % 20 if tens in (7, 8, 9) else number % 10
        if not rest:
            return "quatre-vingts" if tens == 8 else _FR_TENS[tens]
        joint = " et " if rest in (1, 11) and tens < 8 else "-"
        return f"{_FR_TENS[tens]}{joint}{_FR[rest]}"
    size, name = (1000, "mille") if number >= 1000 else (100, "cent")
    many, rest = divmod(number, size)
    # One is joined to what stands before it, as the new spelling has it.
    joint = "-" if rest == 1 else " "
    return " ".join(([_french(many)] if many > 1 else []) + [name]) + (f"{joint}{_french(rest)}" if rest else "")


def _spanish(number: int) -> str:
    if number < 30:
        return _ES[number]
    if number < 100:
        tens, rest = divmod(number, 10)
        return f"{_ES_TENS[tens]} y {_ES[rest]}" if rest else _ES_TENS[tens]
    if number < 1000:
        many, rest = divmod(number, 100)
        return f"{_ES_HUNDREDS[many]} {_spanish(rest)}" if rest else "cien" if many == 1 else _ES_HUNDREDS[many]
    many, rest = divmod(number, 1000)
    return " ".join(([_spanish(many)] if many > 1 else []) + ["mil"] + ([_spanish(rest)] if rest else []))


SPELLED: Final[dict[str, Callable[[int], str]]] = {"en": _english, "de": _german, "fr": _french, "es": _spanish}
