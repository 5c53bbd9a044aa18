"""Sentences into passages: whole sentences up to a budget of the model's tokens, paragraphs kept together."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from index.article import Span
from index.sentences import sentence_spans

CountTokens = Callable[[Sequence[str]], list[int]]

BUDGET = 320
"""Tokens of a passage: longer than almost every paragraph, so that most stay whole."""
_SMALL = 48
"""Tokens; a paragraph under it is read together with the next one."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Cut:
    """A passage before it has an id: its span, and the sentences that tile it."""

    span: Span
    sentences: tuple[Span, ...]

    @classmethod
    def at(cls, bounds: Sequence[int]) -> "Cut":
        """Where its sentences start, then where the last one ends."""
        return cls(span=Span(bounds[0], bounds[-1]), sentences=tuple(map(Span, bounds, bounds[1:])))


def cut_passages(text: str, *, language: str, count_tokens: CountTokens, budget: int = BUDGET) -> list[Cut]:
    """Passages that tile `text`; only a sentence that is itself over `budget` makes a longer one."""
    sentences = sentence_spans(text, language=language)
    counts = count_tokens([span.of(text) for span in sentences])
    cuts: list[Cut] = []
    open_sentences: list[Span] = []
    tokens = 0
    for sentence, count in zip(sentences, counts, strict=True):
        ends_paragraph = bool(open_sentences) and "\n" in open_sentences[-1].of(text)[-4:]
        if open_sentences and (tokens + count > budget or (ends_paragraph and tokens >= _SMALL)):
            cuts.append(_cut(open_sentences))
            open_sentences, tokens = [], 0
        open_sentences.append(sentence)
        tokens += count
    if open_sentences:
        cuts.append(_cut(open_sentences))
    return cuts


def _cut(sentences: list[Span]) -> Cut:
    return Cut(span=Span(sentences[0].start, sentences[-1].end), sentences=tuple(sentences))
