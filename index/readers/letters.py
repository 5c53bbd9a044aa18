"""Letters as they are written elsewhere, where a file keeps the shapes that were printed."""

import re
import unicodedata

UNSEEN = re.compile("[\u00ad\u200b\u2060\ufeff]")
"""Soft hyphens, zero-width spaces, joiners of words, marks: where a line may break or not. Emoji keep their joiners."""
_SHAPES = re.compile("[\ufb00-\ufb06\ufb13-\ufb17\ufb50-\ufd3d\ufd50-\ufdfb\ufe70-\ufefc]")
"""Latin, Armenian and Arabic letters joined, or shaped by what stands beside them."""


def plain_letters(text: str) -> str:
    """Without ligatures, shapes and what nobody sees, in NFC; white space is left as it is."""
    shaped = _SHAPES.sub(lambda shape: unicodedata.normalize("NFKC", shape[0]).strip(), text)
    return unicodedata.normalize("NFC", UNSEEN.sub("", shaped))
