"""RTF with its letters named by their numbers in Unicode: pandoc knows but one code page, and trips over stand-ins."""

import codecs
import re
from contextlib import suppress

_TOKEN = re.compile(
    r"(?P<coded>(?:\\'[0-9a-fA-F]{2})+)|\\(?P<word>[a-zA-Z]+)(?P<number>-?\d{1,10})? ?|\\.|[{}]|[^\\{}]+|\\", re.DOTALL
)
_FONT = re.compile(r"\\f(\d+)(?![\w-])[^;{}]{0,200}?\\fcharset(\d{1,5})")
_FONTS_WITHIN = 1_000_000
"""Characters; the table of fonts stands on top."""
_CHARSETS = {
    0: "cp1252", 77: "mac_roman", 128: "cp932", 129: "cp949", 134: "gb18030", 136: "cp950",
    161: "cp1253", 162: "cp1254", 163: "cp1258", 177: "cp1255", 178: "cp1256", 186: "cp1257", 204: "cp1251",
    222: "cp874", 238: "cp1250",
}  # fmt: skip
"""Of fonts; others have the file's own code page."""
_PAGES = {"ansi": "cp1252", "mac": "mac_roman", "pc": "cp437", "pca": "cp850"}
_SHOWN = frozenset({
    "u", "par", "line", "tab", "emdash", "endash", "emspace", "enspace", "qmspace", "bullet", "lquote", "rquote",
    "ldblquote", "rdblquote",
})  # fmt: skip
"""Control words that stand for characters."""
_UNKNOWN = 0xFFFD


def with_numbers(data: bytes) -> bytes:
    """The same text in the same form, without what was deleted while changes were tracked.

    What lies beyond Unicode's first 65,536 pandoc would lose, and becomes `�`.
    """
    return _Rewriting(data.decode("latin-1")).whole().encode("latin-1")


class _Rewriting:
    """Goes through the file once; fonts, stand-ins and deletions hold to the end of a group."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._fonts = {number: _CHARSETS.get(int(set_)) for number, set_ in _FONT.findall(text[:_FONTS_WITHIN])}
        self._page = "cp1252"
        self._font: str | None = None
        self._stand_ins = 1
        """Characters after each number, for programs that know no Unicode."""
        self._deleted = False
        self._groups: list[tuple[str | None, int, bool]] = []
        self._left = 0
        """Stand-ins still to be left out."""

    def whole(self) -> str:
        pieces = []
        at = 0
        while token := _TOKEN.match(self._text, at):
            at = token.end()
            if token["word"] == "bin":
                at += max(0, int(token["number"] or 0))
            elif token[0] in "{}":
                pieces.append(self._group(token[0]))
            elif token["word"]:
                control = self._control(token[0], token["word"], token["number"])
                pieces.append("" if self._deleted and token["word"] in _SHOWN else control)
            else:
                text = self._text_of(token[0], coded=token["coded"])
                pieces.append("" if self._deleted else text)
        return "".join(pieces)

    def _text_of(self, token: str, *, coded: str | None) -> str:
        if coded:
            return self._letters(bytes.fromhex(coded.replace("\\'", "")))
        if token.startswith("\\"):
            left, self._left = self._left, max(0, self._left - 1)
            return "" if left else token
        return self._plain(token)

    def _group(self, brace: str) -> str:
        self._left = 0
        if brace == "{":
            self._groups.append((self._font, self._stand_ins, self._deleted))
        elif self._groups:
            self._font, self._stand_ins, self._deleted = self._groups.pop()
        return brace

    def _control(self, token: str, word: str, number: str | None) -> str:
        if word == "u" and number:
            self._left = self._stand_ins
            return _numbered(int(number) % 0x10000)
        if word == "uc" and number:
            self._stand_ins = min(max(int(number), 0), 9)
            return ""
        if self._left:
            self._left -= 1
            return ""
        if word in ("deleted", "plain"):
            self._deleted = word == "deleted" and number != "0"
        if word in ("f", "plain"):
            self._font = self._fonts.get(number or "")
        elif word in _PAGES:
            self._page = _PAGES[word]
        elif word == "ansicpg":
            with suppress(LookupError):
                self._page = codecs.lookup(f"cp{number}").name
        return token

    def _plain(self, text: str) -> str:
        if self._left:
            text = text.lstrip("\r\n")
            left, self._left = self._left, max(0, self._left - len(text))
            text = text[left:]
        return text if text.isascii() else self._letters(text.encode("latin-1"))

    def _letters(self, coded: bytes) -> str:
        coded, self._left = coded[self._left :], max(0, self._left - len(coded))
        return "".join(_numbered(ord(letter)) for letter in coded.decode(self._font or self._page, "replace"))


def _numbered(code: int) -> str:
    code = _UNKNOWN if 0xD800 <= code <= 0xDFFF or code > 0xFFFF else code
    return rf"\u{code if code < 0x8000 else code - 0x10000}\'3f"
