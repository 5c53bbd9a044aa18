"""What tests of retrieval make their hits of: articles cut into passages by hand."""

from collections.abc import Sequence
from itertools import pairwise

from index.analysis import terms
from index.article import Article, Passage, Span
from index.library import PassageSummary
from retrieval.answer import Hit, Scores
from retrieval.question import Question


def question(text: str = "where does the lake end?", language: str = "en") -> Question:
    return Question(text=text, language=language)


def article(text: str = "One. Two.", *, name: str = "a", language: str = "en", **fields: object) -> Article:
    return Article(id=name, title=f"Title {name}", text=text, language=language, source=f"{name}.txt", **fields)


def passage_of(number: int = 1, *, of: Article | None = None, sentences: Sequence[str] | None = None) -> Passage:
    """The whole of an article, or of one made of `sentences`."""
    whole = of or article("".join(sentences or ("One. ", "Two.")), name=f"a{number}")
    ends = [0]
    for text in sentences or (whole.text,):
        ends.append(ends[-1] + len(text))
    spans = tuple(Span(start, end) for start, end in pairwise(ends))
    return Passage(id=number, article=whole, span=Span(0, len(whole.text)), sentences=spans)


def summary_of(whole: Passage) -> PassageSummary:
    language = whole.article.language
    return PassageSummary(
        id=whole.id,
        article=whole.article.id,
        language=language,
        terms=tuple(terms(whole.text, language=language)),
        place=whole.place,
        places=whole.places,
        key=whole.text.strip().encode(),
    )


def hit(
    number: int = 1,
    *,
    of: Article | None = None,
    sentences: Sequence[str] | None = None,
    cosines: Sequence[float] | None = None,
    passage: float = 0.8,
    sentence: float = 0.8,
    coverage: float = 0.0,
    final: float = 0.0,
) -> Hit:
    """A hit on the passage of the same `number`, article and `sentences`."""
    found = passage_of(number, of=of, sentences=sentences)
    return Hit(
        passage=summary_of(found),
        sentence_cosines=tuple(cosines if cosines is not None else [sentence] * len(found.sentences)),
        scores=Scores(passage=passage, sentence=sentence, lexical=0.0, final=final),
        coverage=coverage,
    )
