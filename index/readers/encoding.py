"""Bytes into text: Unicode where it is Unicode, else the likeliest of the encodings of old."""

import codecs
import re
from collections.abc import Iterator

from charset_normalizer import from_bytes

from index.language import detect
from index.readers.source import SourceFile, Unreadable, require_regular

LARGEST_FILE = 20_000_000
"""Bytes of a file that is read whole."""

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
"""UTF-32 comes first: its little-endian mark begins with UTF-16's."""
_SAMPLE = 100_000
_CONTROLS = bytes({*range(32)} - set(b"\t\n\v\f\r\x1b")) + b"\x7f"
_CONTROL_SHARE = 0.02
_HIGH_RUN = re.compile(rb"[\x80-\xff]{2,}")
_ASCII_WORD = re.compile(rb"(?<![\x80-\xff])\b[A-Za-z]+\b(?![\x80-\xff])")
_WORD_WITH_SYMBOL = re.compile(r"[^\W\d_][^\w\s'’´`.,;:·/@&*+=<>|(){}\[\]\"“”«»‘„‚…–—-][^\W\d_]|[^\W\d_][¹²³][^\W\d_]")

_LATIN = ("cp1252", "cp1250", "cp1254", "cp1257")
_LATIN_ELSEWHERE = {
    **dict.fromkeys(("cs", "sk", "pl", "hu", "ro", "hr", "sl", "bs", "sq"), "cp1250"),
    **dict.fromkeys(("tr", "az"), "cp1254"),
    **dict.fromkeys(("lt", "lv", "et"), "cp1257"),
}
_LATIN_LANGUAGES = tuple(["ca", "da", "de", "en", "es", "fi", "fr", "is", "it", "nl", "no", "pt", "sv"]) + tuple(
    _LATIN_ELSEWHERE
)
_OTHER_SCRIPTS = tuple(
    ["cp1251", "koi8_r", "cp1253", "cp1255", "cp1256", "gb18030", "big5", "shift_jis", "euc_jp", "cp949"]
)


def text_of(file: SourceFile) -> str:
    """The whole text of a file of modest size. Raises Unreadable, or OSError from the file itself."""
    require_regular(file.path, at_most=LARGEST_FILE)
    with file.path.open("rb") as opened:
        return decode(opened.read(LARGEST_FILE))


def decode(data: bytes) -> str:
    """The text that `data` most likely stands for. Raises Unreadable for what looks binary."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _marked(data[len(mark) :], encoding)
    _refuse_binary(data)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return _damaged_utf8(data) or _legacy(data)


def _marked(data: bytes, encoding: str) -> str:
    text = data.decode(encoding, "replace")
    if text.count("\ufffd") > 1 + len(text) * _CONTROL_SHARE:
        raise Unreadable("looks binary")
    _refuse_binary(text.encode("utf-8"))
    return text


def _refuse_binary(data: bytes) -> None:
    """A stray control character is no reason to lose an article; many are."""
    controls = len(data) - len(data.translate(None, _CONTROLS))
    if controls > 1 + len(data) * _CONTROL_SHARE:
        raise Unreadable("looks binary")


def _damaged_utf8(data: bytes) -> str | None:
    """UTF-8 with a few broken bytes, such as a file cut in the middle of a character."""
    text = data.decode("utf-8", "replace")
    broken = text.count("\ufffd")
    whole = sum(character > "\x7f" for character in text) - broken
    return text if whole >= 4 * broken else None


def _legacy(data: bytes) -> str:
    """Latin letters with accents stand alone among ASCII; letters of other scripts stand together."""
    sample = data[:_SAMPLE].rpartition(b"\n")[0] or data[:_SAMPLE]
    together = sum(len(run) for run in _HIGH_RUN.findall(sample))
    high = len(sample) - len(sample.translate(None, bytes(range(128, 256))))
    names = _of_other_scripts(sample) if together * 2 > high else _of_latin(sample)
    for name in names:
        try:
            return data.decode(name)
        except UnicodeDecodeError:
            continue
    raise Unreadable("is in an unknown text encoding")


def _of_other_scripts(sample: bytes) -> Iterator[str]:
    for isolated in (list(_OTHER_SCRIPTS), None):
        best = from_bytes(sample, cp_isolation=isolated).best()
        if best is not None:
            yield best.encoding
    yield from _LATIN


def _of_latin(sample: bytes) -> Iterator[str]:
    """The words in plain ASCII tell the language, and the language tells the encoding."""
    words = b" ".join(_ASCII_WORD.findall(sample)).decode("ascii")
    language = detect(words, among=_LATIN_LANGUAGES) if len(words) >= 20 else ""
    likely = dict.fromkeys((_LATIN_ELSEWHERE.get(language, "cp1252"), *_LATIN))
    yield from sorted(likely, key=lambda name: _odd_words(sample, name))
    yield from _of_other_scripts(sample)


def _odd_words(sample: bytes, encoding: str) -> int:
    """How many words would hold a sign that no word holds, such as `d³ugo`."""
    return len(_WORD_WITH_SYMBOL.findall(sample.decode(encoding, "replace")))
