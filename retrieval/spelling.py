"""Words of a question that no article holds, and what they may have been meant to be."""

from collections.abc import Callable, Sequence

from rapidfuzz import process
from rapidfuzz.distance import DamerauLevenshtein

from index.analysis import WORD, asked_terms, terms
from index.library import Library
from retrieval.answer import Answer
from retrieval.question import Question

_SHORTEST = 4
"""Letters of a word; a shorter one is like too many others."""
_ALIKE = 0.74
"""Share of a word's letters that must be right, and in their order."""
_SPOKEN = 4
"""Languages of the library, most spoken first, that a word may belong to."""
_MOST_WORDS = 12
_GAIN = 0.1
"""Of confidence; less is no evidence."""


def suggestion(answer: Answer, library: Library, ask: Callable[[str], Answer]) -> str | None:
    """A better spelling of a question that wasn't answered, if with it the articles answer more surely."""
    if answer.verdict == "answered":
        return None
    text = respelled(answer.question, library)
    found = ask(text) if text else None
    return text if found and found.verdict != "nothing" and found.confidence >= answer.confidence + _GAIN else None


def respelled(question: Question, library: Library) -> str | None:
    """The question with unknown words replaced by the library's nearest ones; None where none is."""
    languages = [question.language, *list(library.languages)[:_SPOKEN]]
    meant: dict[str, str] = {}
    for word in dict.fromkeys(_words(question.text)[:_MOST_WORDS]):
        stems = asked_terms(word, languages=languages)
        if stems and not library.found_in(stems) and (nearest := _meant(word, stems, languages, library)):
            meant[word] = nearest
    text = WORD.sub(lambda found: meant.get(found[0], found[0]), question.text)
    return text if text != question.text else None


def _words(text: str) -> list[str]:
    return [word for word in WORD.findall(text) if len(word) >= _SHORTEST and not any(map(str.isdigit, word))]


def _meant(word: str, stems: Sequence[str], languages: Sequence[str], library: Library) -> str | None:
    """As the articles write it; words begin with the right letter even where the rest is wrong."""
    known = {term: count for stem in stems for term, count in library.terms_from(stem[:1]).items()}
    best: tuple[float, int, str] | None = None
    for stem in stems:
        for term, alike, _ in process.extract(
            stem, list(known), scorer=DamerauLevenshtein.normalized_similarity, score_cutoff=_ALIKE, limit=5
        ):
            if best is None or (alike, known[term]) > best[:2]:
                best = (alike, known[term], term)
    return _written(best[2], word, languages, library) if best else None


def _written(term: str, like: str, languages: Sequence[str], library: Library) -> str | None:
    """A word of the articles whose stem is `term`, the one most like what was asked."""
    found = library.matching([term], 3)
    texts = [passage.text for passage in library.passages([each.id for each in found])]
    forms = {word for text in texts for word in _words(text)}
    forms = {form for form in forms if any(term in terms(form, language=language) for language in languages)}
    fitting = sorted(form for form in forms if not like[0].isupper() or form[0].isupper())  # a name is no common word
    chosen = process.extractOne(
        like, fitting, scorer=DamerauLevenshtein.normalized_similarity, score_cutoff=_ALIKE, processor=str.casefold
    )
    return str(chosen[0]) if chosen else None
