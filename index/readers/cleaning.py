"""Characters that nobody means to show, taken out of texts, titles and names."""

import re

_NEWLINES = re.compile("\r\n?|[\x0b\x0c\x85]")
_CONTROLS = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f]")
_SURROGATES = re.compile("[\ud800-\udfff]")
_UNSEEN = re.compile("[\x00-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]")
"""Controls, and marks that turn the direction of what follows them."""


def clean_text(text: str) -> str:
    """`text` as an article keeps it: newlines are `\\n`, no controls but tabs, no halves of surrogate pairs."""
    without_halves = _SURROGATES.sub("\ufffd", _NEWLINES.sub("\n", text))
    return _CONTROLS.sub("", without_halves).strip().strip("\ufeff").strip()


def clean_line(text: str, *, at_most: int) -> str:
    """`text` on one line, single-spaced, without controls and bidi marks, ending in an ellipsis when cut."""
    spaced = " ".join(_SURROGATES.sub("\ufffd", text).split())
    line = " ".join(_UNSEEN.sub("", spaced).split())
    return line if len(line) <= at_most else line[: at_most - 1].rstrip() + "…"
