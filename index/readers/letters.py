"""Letters as they are written elsewhere, where a file keeps the shapes that were printed."""

import re
import unicodedata
from collections.abc import Iterator

UNSEEN = re.compile("[\u00ad\u200b\u2060\ufeff]")
"""Soft hyphens, zero-width spaces, joiners of words, marks: where a line may break or not. Emoji keep their joiners."""
_SHAPES = re.compile("[\ufb00-\ufb06\ufb13-\ufb17\ufb50-\ufd3d\ufd50-\ufdfb\ufe70-\ufefc]")
"""Latin, Armenian and Arabic letters joined, or shaped by what stands beside them."""
_MOST_MARKS = 30
"""On one letter, as in UAX #15's Stream-Safe Text Format: putting marks in order takes the square of their number."""
_MAY_BE_MARKS = re.compile(rf"[^\w\x00-\u02ff]{{{_MOST_MARKS + 1},}}")


def plain_letters(text: str) -> str:
    """Without ligatures, shapes and what nobody sees, in NFC; white space is left as it is."""
    shaped = _SHAPES.sub(lambda shape: unicodedata.normalize("NFKC", shape[0]).strip(), text)
    return composed(UNSEEN.sub("", shaped))


def composed(text: str) -> str:
    """In NFC; of more marks on one letter than any script has, the first ones."""
    return unicodedata.normalize("NFC", _MAY_BE_MARKS.sub(lambda run: "".join(_bounded(run[0])), text))


def _bounded(run: str) -> Iterator[str]:
    marks = 0
    for character in run:
        marks = marks + 1 if unicodedata.combining(unicodedata.normalize("NFD", character)[0]) else 0
        if marks <= _MOST_MARKS:
            yield character
