"""Text into sentences: spans that tile it exactly, the white space after a sentence included."""

import re

import sentencex

from index.analysis import small_words
from index.article import Span

LONGEST = 1200
"""Characters of a sentence; what runs on longer is broken at white space where there is some."""

_ABBREVIATED = re.compile(
    r"(?:\b(?:S\.p\.A|S\.r\.l|d\.lgs|D\.Lgs|d\.l|n|nn|art|artt|cfr|pag|pagg|vol|dott|sig|prof|avv|ing|on"
    r"|Mr|Mrs|Ms|Dr|St|No|Nr|bzw|z\.B|vgl|p|pp|fig|ca|т|г|ул|т\.\s?[ек])|(?<!\w)[A-ZÀ-Þ])\.\s+$",
)
_FOLLOWS = re.compile(r"[a-zà-ÿа-яё0-9(]")
_TITLE, _INITIAL = re.compile(r"\b(?:Mme|Mlle|Mgr)\.\s+$"), re.compile(r"(?<!\w)[A-HJ-UWYZÀ-Þ]\.\s+$")
"""What names follow: `I.`, `V.` and `X.` are numbers as well, with which sentences end."""
_NAME = re.compile(r"[A-ZÀ-Þ][^\W\d_]+")
_ONE_LETTER = re.compile(r"(?<!\w)[^\W\d_]\.$")
_GOES_ON = re.compile(r"[a-zà-ÿа-яё0-9-]")


def sentence_spans(text: str, *, language: str) -> list[Span]:
    """Spans that cover `text` from its first character to its last, without gap or overlap."""
    spans: list[Span] = []
    for boundary in sentencex.get_sentence_boundaries(language, text):
        start, end = boundary["start_index"], boundary["end_index"]
        if spans and _continues(text, spans[-1], start, end, language):
            spans[-1] = Span(spans[-1].start, end)
        elif end > start:
            spans.append(Span(start, end))
    return [piece for span in spans for piece in _bounded(text, span)]


def _continues(text: str, before: Span, start: int, end: int, language: str) -> bool:
    """Whether [start, end) belongs to the sentence before it: white space, or cut at an abbreviation or in a name."""
    if text[start:end].isspace():
        return True
    ending = text[max(before.start, before.end - 24) : before.end]
    if "\n" in ending:
        return False
    if ending.endswith("."):
        return bool(_GOES_ON.match(text, start) or (_ONE_LETTER.search(ending) and text[start].isalpha()))
    if _ABBREVIATED.search(ending) and (_FOLLOWS.match(text, start) or len(before) < 12):
        return True
    name = _NAME.match(text, start)
    if not name or _TITLE.search(ending):
        return bool(name)
    return bool(_INITIAL.search(ending)) and not small_words(name[0], language=language)


def _bounded(text: str, span: Span) -> list[Span]:
    pieces = []
    start = span.start
    while span.end - start > LONGEST:
        cut = max(text.rfind(" ", start + 1, start + LONGEST), text.rfind("\n", start + 1, start + LONGEST))
        cut = start + LONGEST if cut <= start else cut + 1
        pieces.append(Span(start, cut))
        start = cut
    return [*pieces, Span(start, span.end)]
