"""Numbers in texts, in figures or in words, made comparable."""

import re
from collections.abc import Mapping
from functools import cache

from index.analysis import words

_FROM_TWO = {
    "de": "zwei drei vier fünf sechs sieben acht neun zehn elf zwölf",
    "en": "two three four five six seven eight nine ten eleven twelve",
    "es": "dos tres cuatro cinco seis siete ocho nueve diez once doce",
    "fr": "deux trois quatre cinq six sept huit neuf dix onze douze",
    "it": "due tre quattro cinque sei sette otto nove dieci undici dodici",
    "pt": "dois três quatro cinco seis sete oito nove dez onze doze",
    "ru": "два три четыре пять шесть семь восемь девять десять одиннадцать двенадцать",
}
_ROUND = {
    "de": "zwanzig dreißig vierzig fünfzig hundert tausend",
    "en": "twenty thirty forty fifty hundred thousand",
    "es": "veinte treinta cuarenta cincuenta cien mil",
    "fr": "vingt trente quarante cinquante cent mille",
    "it": "venti trenta quaranta cinquanta cento mille",
    "pt": "vinte trinta quarenta cinquenta cem mil",
    "ru": "двадцать тридцать сорок пятьдесят сто тысяча",
}
_OTHERWISE = {"en": {"fourteen": 14, "fifteen": 15}, "pt": {"duas": 2}, "ru": {"две": 2}}
_LONGEST_SCORE = 2
_ROUND_ONES = (20, 30, 40, 50, 100, 1000)
_FIGURES = re.compile(
    r"(?P<sign>(?<![\w.,])[-−])?(?<![\w])(?:(?P<grouped>\d{1,3}(?:[\s.,'’]\d{3})+)(?!\d)|(?P<plain>\d+(?:[.,:/–-]\d+)*))"
    r"(?:(?:st|nd|rd|th)\b|[ºª])?"
)


@cache
def numerals(language: str) -> Mapping[str, int]:
    """Words for numbers from two on, folded, with what they mean; the commonest ones of the bot's languages."""
    named = zip(_FROM_TWO.get(language, "").split(), range(2, 13), strict=False)
    rounds = zip(_ROUND.get(language, "").split(), _ROUND_ONES, strict=False)
    return {"".join(words(word)): value for word, value in (*named, *rounds, *_OTHERWISE.get(language, {}).items())}


def numbers_in(text: str, language: str) -> tuple[frozenset[str], list[str]]:
    """Each number once, and the other words, folded.

    Numbers are equal however they are written: `12,000`, `12.000` and `12 000`, `two` and `2`, `7.30` and `7:30`. Days
    and spans are several, `2023-09-15` and `10–15`; a score is one, since `3-2` isn't `2-3`.
    """
    known = numerals(language)
    rest = words(_FIGURES.sub(" ", text))
    written = {str(known[word]) for word in rest if word in known}
    figures = {number for found in _FIGURES.finditer(text) for number in _plain(found)}
    return frozenset(written | figures), [word for word in rest if word not in known]


def _plain(figures: re.Match[str]) -> list[str]:
    """As figures without separators of thousands, with a point before decimals."""
    sign = "-" if figures["sign"] else ""
    if figures["grouped"]:
        return [sign + re.sub(r"\D", "", figures["grouped"])]
    parts = [re.sub(r"^0+(?=\d)", "", part) for part in re.split("[-–/]", re.sub("[,:]", ".", figures["plain"]))]
    is_score = len(parts) == 2 and max(map(len, parts)) <= _LONGEST_SCORE and float(parts[0]) >= float(parts[1])
    return ["-".join(parts)] if is_score else [sign + parts[0], *parts[1:]]
