"""What the writer of a mail wrote, apart from what is answered in it."""

import re

_SIGNATURE = re.compile(r"^-- ?$", re.MULTILINE)
_EARLIER = re.compile(
    r"^[ \t]*(?:-{2,}[ \t]*(?:original message|messaggio originale|messaggio inoltrato|ursprüngliche nachricht"
    r"|message d[’']origine|mensaje original|исходное сообщение|forwarded message)[ \t]*-{2,}"
    r"|_{20,}[ \t]*\n+[ \t]*(?:from|da|von|de|от)[ \t]*:)",
    re.MULTILINE | re.IGNORECASE,
)
"""What programs put above an earlier mail that they quote without marks."""
_INTRODUCTION = 3
"""Lines, at most, that say whose words are quoted."""


def own_words(text: str) -> str:
    """Without signature, without lines that are quoted, and what introduces them."""
    for end in (_SIGNATURE, _EARLIER):
        text = end.split(text, maxsplit=1)[0]
    kept: list[str] = []
    quoting = False
    for line in text.split("\n"):
        quoted = line.startswith(">")
        if quoted and not quoting:
            _drop_introduction(kept)
        if not quoted:
            kept.append(line.rstrip())
        quoting = quoted or (quoting and not line.strip())
    return re.sub(r"\n{3,}", "\n\n", "\n".join(kept)).strip()


def _drop_introduction(lines: list[str]) -> None:
    """`On 3 October Ada wrote:`, which may be broken, in place."""
    while lines and not lines[-1].strip():
        lines.pop()
    first = len(lines)
    while first > 0 and lines[first - 1].strip():
        first -= 1
    last = " ".join(lines[first:])
    if len(lines) - first <= _INTRODUCTION and last.endswith(":") and re.search(r"\d|@", last):
        del lines[first:]
    lines.append("")


def unflowed(text: str, *, parted: bool) -> str:
    """Lines put together that a program broke (RFC 3676): they end in a space, one that `parted` words don't have."""
    pieces: list[str] = []
    goes_on = False
    for line in text.split("\n"):
        quoted = line.startswith(">")
        line = line.removeprefix(" ")
        between = "" if goes_on and not quoted else "\n"
        goes_on = line.endswith(" ") and line != "-- " and not quoted
        pieces += (between, line[:-1] if goes_on and parted else line)
    return "".join(pieces[1:])
