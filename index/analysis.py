"""Text into search terms: one function for what is indexed and what is asked."""

import re
from collections.abc import Iterable, Sequence
from functools import cache
from unicodedata import category, combining, normalize

import Stemmer
import stopwordsiso

_STEMMERS = {
    "ar": "arabic", "ca": "catalan", "cs": "czech", "da": "danish", "de": "german", "el": "greek",
    "en": "english", "es": "spanish", "et": "estonian", "eu": "basque", "fa": "persian", "fi": "finnish",
    "fr": "french", "ga": "irish", "hi": "hindi", "hu": "hungarian", "hy": "armenian", "id": "indonesian",
    "it": "italian", "lt": "lithuanian", "ne": "nepali", "nl": "dutch", "no": "norwegian", "pl": "polish",
    "pt": "portuguese", "ro": "romanian", "ru": "russian", "sr": "serbian", "sv": "swedish", "ta": "tamil",
    "tr": "turkish",
}  # fmt: skip
_MARKS = "".join(c for c in map(chr, [*range(0x300, 0x1100), *range(0x1780, 0x1800)]) if category(c)[0] == "M")
_SPELLING = re.compile(r"[\u0900-\u0dff\u0f00-\u0fff]")
"""Where a mark says which vowel follows its letter, or that none does; elsewhere marks say how one is spoken."""
_NUKTA, _ABOVE_AND_BELOW = 7, 200
"""Combining classes of marks that are often left out, there as well; of all from the second on."""
_JOINERS = re.compile(r"(?<=[\u094d\u09cd\u0a4d\u0acd\u0b4d\u0bcd\u0c4d\u0ccd\u0d4d\u0dca])[\u200c\u200d]")
IN_WORDS = rf"\w{_MARKS}"
"""Letters, digits and the marks on them, for a class of characters."""
WORD = re.compile(rf"[{IN_WORDS}]+")
_UNSPACED = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]+")
_LAST_LATIN = "\u024f"
_LONGEST = 64
"""Characters of a term; what is longer is no word that anybody asks for."""


def words(text: str) -> list[str]:
    """Words as compared: compatibility forms, case and diacritics folded; pairs of characters where none are spaced."""
    folded = _JOINERS.sub("", normalize("NFKD", text).casefold())
    plain = "".join(c for c in folded if category(c) != "Mn" or _spells(c))
    found: list[str] = []
    for word in WORD.findall(normalize("NFC", plain)):
        if _UNSPACED.search(word):
            found.extend(_pairs(word))
        else:
            found.append(word[:_LONGEST])
    return found


def _spells(mark: str) -> bool:
    """Whether another word stands there without it."""
    return bool(_SPELLING.match(mark)) and combining(mark) != _NUKTA and combining(mark) < _ABOVE_AND_BELOW


def as_compared(tag: str) -> str:
    """Equal for `World News`, `#WorldNews` and `world_news`."""
    return "".join(words(tag)).replace("_", "")


def _pairs(word: str) -> Iterable[str]:
    """Overlapping pairs of unspaced script; other script between them stays whole."""
    at = 0
    for run in _UNSPACED.finditer(word):
        if run.start() > at:
            yield word[at : run.start()][:_LONGEST]
        characters = run.group()
        yield from (characters[i : i + 2] for i in range(max(1, len(characters) - 1)))
        at = run.end()
    if at < len(word):
        yield word[at:][:_LONGEST]


@cache
def _stemmer(language: str) -> Stemmer.Stemmer | None:
    name = _STEMMERS.get(language)
    return Stemmer.Stemmer(name) if name in Stemmer.algorithms() else None


@cache
def _stopwords(language: str) -> frozenset[str]:
    """Without those that lose an accent: `farò` would take `faro` along, which is a lighthouse."""
    if not stopwordsiso.has_lang(language):
        return frozenset()
    listed = (normalize("NFC", word.casefold()) for word in stopwordsiso.stopwords(language))
    return frozenset(part for word in listed for part in words(word) if word[0] > _LAST_LATIN or part in word)


def small_words(text: str, *, language: str) -> int:
    """How many words of `text` only hold sentences of `language` together: by them a few words tell their language."""
    stopwords = _stopwords(language)
    return sum(word in stopwords for word in words(text))


def terms(text: str, *, language: str) -> list[str]:
    """Stems of the words that carry meaning in `language`, in order, repetitions kept."""
    stopwords = _stopwords(language)
    kept = [word for word in words(text) if word not in stopwords]
    stemmer = _stemmer(language)
    return stemmer.stemWords(kept) if stemmer else kept


def asked_terms(text: str, *, languages: Sequence[str]) -> list[str]:
    """Distinct terms of a question, as any of `languages` would have indexed them."""
    everywhere = {word for language in languages[:1] for word in _stopwords(language)}
    wanted = " ".join(word for word in words(text) if word not in everywhere)
    return list(dict.fromkeys(term for language in languages for term in terms(wanted, language=language)))
