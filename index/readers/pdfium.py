"""A program of its own, so that a PDF can take no more down than this: python -I pdfium.py PATH SECONDS BYTES.

It prints JSON lines: what the file says about itself, then of each page the pieces of lines as they were drawn.
"""

import ctypes
import json
import math
import sys
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import suppress
from itertools import groupby
from statistics import median
from typing import Any

_WRONG_PASSWORD, _ENCRYPTION = 4, 5
"""PDFium's own codes of what is wrong."""
_MOST_PAGES = 20_000
_APART = 1.2
"""Of a character's height: spaces between words are narrower."""
_SHIFTED = 0.5
"""Of a character's height: what is raised or lowered within a line is moved less."""
_ASKEW = 0.2
"""Radians by which text may be tilted."""
_HYPHENS = {2: "-", 0xFFFE: "-"}
"""What PDFium puts for a hyphen at the end of a line."""


def main(path: str, seconds: int, memory: int) -> None:
    """Everything that the PDF at `path` holds, on stdout."""
    _confine(seconds, memory)
    import pypdfium2

    try:
        file = pypdfium2.PdfDocument(path)
    except pypdfium2.PdfiumError as error:
        locked = getattr(error, "err_code", None) in (_WRONG_PASSWORD, _ENCRYPTION)
        return _say({"error": "encrypted" if locked else "damaged"})
    if len(file) > _MOST_PAGES:
        return _say({"error": "long"})
    _say(file.get_metadata_dict(skip_empty=True))
    for number in range(len(file)):
        try:
            _say(_page(file[number]))
        except pypdfium2.PdfiumError:  # the others may be whole
            _say({"height": 0, "image": False, "pieces": [], "error": "page"})
    return None


def _confine(seconds: int, memory: int) -> None:
    """Processor time and address space; where a system knows no such limits, whoever waits for this keeps the time."""
    with suppress(ImportError, ValueError, OSError):
        import resource

        resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))


def _say(what: dict[str, Any]) -> None:
    sys.stdout.write(json.dumps(what) + "\n")
    sys.stdout.flush()


def _page(page: Any) -> dict[str, Any]:
    from pypdfium2 import raw

    left, bottom, right, top = page.get_mediabox()
    drawn = list(_in_order(_characters(page.get_textpage(), left, bottom)))
    quarter = Counter(each[1] for each in drawn).most_common(1)[0][0] if drawn else 0
    sides = (right - left, top - bottom)
    upright = [(text, *_turned(quarter, sides, *box)) for text, turn, *box in drawn if turn == quarter]
    image = next(page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE], max_depth=3), None) is not None
    pieces = [[round(number, 1) if isinstance(number, float) else number for number in p] for p in _pieces(upright)]
    page.close()
    return {"height": sides[1 - quarter % 2], "image": image, "pieces": pieces}


def _characters(text: Any, x: float, y: float) -> Iterator[tuple[Any, ...]]:
    """Each with its quarter of a turn, left, bottom, right, top, and where it stands; those askew are left out."""
    from pypdfium2 import raw

    box, at = raw.FS_RECTF(), (ctypes.c_double(), ctypes.c_double())
    for index in range(text.count_chars()):
        code = raw.FPDFText_GetUnicode(text.raw, index)
        angle = -raw.FPDFText_GetCharAngle(text.raw, index) / (math.pi / 2)  # it goes round with the clock
        turn = round(angle)
        if abs(angle - turn) > _ASKEW or not raw.FPDFText_GetLooseCharBox(text.raw, index, ctypes.byref(box)):
            continue
        raw.FPDFText_GetCharOrigin(text.raw, index, ctypes.byref(at[0]), ctypes.byref(at[1]))
        place = (box.left - x, box.bottom - y, box.right - x, box.top - y, at[0].value - x, at[1].value - y)
        if all(map(math.isfinite, place)):
            yield _HYPHENS.get(code) or chr(code), turn % 4, *place


def _in_order(characters: Iterable[tuple[Any, ...]]) -> Iterator[tuple[Any, ...]]:
    """PDFium turns round what is written to the left, and with it the letters that one sign stands for."""
    for _, sign in groupby(characters, key=lambda each: each[1:]):
        letters = list(sign)
        leftward = all(unicodedata.bidirectional(text) in ("R", "AL") for text, *_ in letters)
        yield from reversed(letters) if leftward else letters


def _turned(quarter: int, sides: tuple[float, float], *box: float) -> tuple[float, float, float, float]:
    """Left, right, base line and height, as if the page were held so that its text stands upright."""
    left, bottom, right, top, x, y = box
    if quarter == 1:
        return bottom, top, sides[0] - x, right - left
    if quarter == 2:
        return sides[0] - right, sides[0] - left, sides[1] - y, top - bottom
    if quarter == 3:
        return sides[1] - top, sides[1] - bottom, x, right - left
    return left, right, y, top - bottom


def _pieces(characters: list[tuple[str, float, float, float, float]]) -> Iterator[list[Any]]:
    """Text, left, right, base line and height of what was drawn in one go."""
    piece: list[Any] = []
    heights: list[float] = []
    ended = False
    for text, left, right, base, height in characters:
        if text in "\r\n":
            ended = True
        elif text.isspace() or not height:
            if piece:
                piece[0] += " " if text.isspace() else text
        elif piece and not ended and not _parted(piece, left, right, base, height):
            piece[0] += text
            piece[1:3] = min(piece[1], left), max(piece[2], right)
            heights.append(height)
        else:
            if piece:
                yield [*piece, median(heights)]
            piece, heights, ended = [text, left, right, base], [height], False
    if piece:
        yield [*piece, median(heights)]


def _parted(piece: list[Any], left: float, right: float, base: float, height: float) -> bool:
    begin, end, at = map(float, piece[1:4])
    return max(left - end, begin - right) > _APART * height or abs(base - at) > _SHIFTED * height


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))
