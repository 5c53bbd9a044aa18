"""Text into sentences: spans that tile it exactly, the white space after a sentence included."""

import re

import sentencex

from index.article import Span

LONGEST = 1200
"""Characters of a sentence; what runs on longer is broken at white space where there is some."""

_ABBREVIATED = re.compile(
    r"(?:\b(?:S\.p\.A|S\.r\.l|d\.lgs|D\.Lgs|d\.l|n|nn|art|artt|cfr|pag|pagg|vol|dott|sig|prof|avv|ing|on"
    r"|Mr|Mrs|Ms|Dr|St|No|Nr|bzw|z\.B|vgl|p|pp|fig|ca|т|г|ул)|(?<!\w)[A-ZÀ-Þ])\.\s+$",
)
_FOLLOWS = re.compile(r"[a-zà-ÿа-я0-9(]")


def sentence_spans(text: str, *, language: str) -> list[Span]:
    """Spans that cover `text` from its first character to its last, without gap or overlap."""
    spans: list[Span] = []
    for boundary in sentencex.get_sentence_boundaries(language, text):
        start, end = boundary["start_index"], boundary["end_index"]
        if spans and _continues(text, spans[-1], start, end):
            spans[-1] = Span(spans[-1].start, end)
        elif end > start:
            spans.append(Span(start, end))
    return [piece for span in spans for piece in _bounded(text, span)]


def _continues(text: str, before: Span, start: int, end: int) -> bool:
    """Whether [start, end) belongs to the sentence before it: white space, or cut at an abbreviation."""
    if text[start:end].isspace():
        return True
    ending = text[max(before.start, before.end - 24) : before.end]
    return (
        "\n" not in ending
        and bool(_ABBREVIATED.search(ending))
        and (bool(_FOLLOWS.match(text, start)) or len(before) < 12)
    )


def _bounded(text: str, span: Span) -> list[Span]:
    pieces = []
    start = span.start
    while span.end - start > LONGEST:
        cut = max(text.rfind(" ", start + 1, start + LONGEST), text.rfind("\n", start + 1, start + LONGEST))
        cut = start + LONGEST if cut <= start else cut + 1
        pieces.append(Span(start, cut))
        start = cut
    return [*pieces, Span(start, span.end)]
