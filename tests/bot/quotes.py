"""What tests of replies and terminal share: hypothesis' strategies for quotes of whatever text."""

from dataclasses import replace
from datetime import date

from hypothesis import strategies as st

from index.article import Article, Span
from retrieval.answer import Answer, Quote, Saying, Scores, Verdict
from retrieval.question import Question

TRICKY = st.sampled_from(
    ["🇮🇹", "👨‍👩‍👧‍👦", "e\u0301", "𝛙", "नि", "\u202e", "\u200f", "سلام", "漢", "[b]", "**", "|", "\t", "\n", " . "]
)
CHARACTERS = st.one_of(TRICKY, st.characters(exclude_categories=["Cs", "Cc"]))
TEXTS = st.lists(CHARACTERS, min_size=1, max_size=60).map("".join).filter(str.strip)
LONG = st.tuples(TEXTS, st.integers(1, 700)).map(lambda drawn: (drawn[0] * drawn[1])[:9000])
NAMES = st.lists(CHARACTERS, min_size=1, max_size=300).map("".join).map(lambda name: " ".join(name.split()))
URLS = st.sampled_from([None, "https://example.org/a?b=1#c", "http://example.org"])


def article(text: str, *, title: str = "A title", **fields: object) -> Article:
    return Article(id="a", title=title, text=text, language="en", source="a.txt", **fields)


def quote(text: str, *marks: Span, of: Article | None = None, place: int = 1, places: int = 1) -> Quote:
    """A quote of the whole of `text`, or of an article whose text it is."""
    whole = of or article(text)
    return Quote(
        article=whole,
        span=Span(0, len(whole.text)).trimmed(whole.text),
        highlights=marks,
        scores=Scores(passage=0.8, sentence=0.8, lexical=0.0),
        place=place,
        places=places,
    )


def worded(text: str, words: str, *, known_as: str = "a", **fields: object) -> Quote:
    """A quote of an article whose whole text is marked, with the `words` in it that answer."""
    of = replace(article(text, **fields), id=known_as)
    start = text.index(words)
    return replace(quote(text, Span(0, len(text)), of=of), words=(Span(start, start + len(words)),))


def answer(*quotes: Quote, verdict: Verdict = "answered", sayings: tuple[Saying, ...] = ()) -> Answer:
    question = Question(text="where?", language="en")
    return Answer(question=question, verdict=verdict, confidence=0.5, quotes=quotes, sayings=sayings)


def saying(*quotes: Quote) -> Saying:
    return Saying(quotes=quotes)


@st.composite
def quotes(draw: st.DrawFn, texts: st.SearchStrategy[str] = TEXTS) -> Quote:
    """Any text, with at most two marks that neither overlap nor begin or end with white space."""
    text = draw(texts)
    title = draw(NAMES.filter(str.strip))
    author = draw(st.none() | NAMES.map(lambda name: name or None))
    made = quote(text, of=article(text, title=title, author=author, published=date(2024, 5, 14), url=draw(URLS)))
    ends = sorted(draw(st.lists(st.integers(made.span.start, made.span.end), min_size=4, max_size=4)))
    marks = (Span(ends[0], ends[1]).trimmed(text), Span(ends[2], ends[3]).trimmed(text))
    return quote(text, *(mark for mark in marks[: draw(st.integers(0, 2))] if len(mark)), of=made.article)


@st.composite
def quotes_with_words(draw: st.DrawFn, texts: st.SearchStrategy[str] = TEXTS) -> Quote:
    """The same, with words in some of the marks."""
    made = draw(quotes(texts))
    words = []
    for mark in made.highlights:
        start, end = sorted(draw(st.tuples(*[st.integers(mark.start, mark.end)] * 2)))
        words.append(Span(start, end).trimmed(made.article.text))
    return replace(made, words=tuple(word for word in words if len(word)))
