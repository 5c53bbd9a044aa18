"""What somebody asks, and what they had asked before."""

from dataclasses import dataclass
from unicodedata import normalize

from index.article import Span
from index.language import ASKED, detect

LONGEST_QUESTION = 1000
"""Characters; what comes after them isn't read."""

_JOINERS = "\u200c\u200d"
"""They stand within words of many scripts."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Place:
    """Where something stood."""

    article: str
    """Its id; the article may have changed or gone since."""
    span: Span


@dataclass(frozen=True, kw_only=True, slots=True)
class Turn:
    """An earlier question of the same conversation, as the next one needs it."""

    text: str
    """What was searched: the question in a form that stands alone."""
    places: tuple[Place, ...] = ()
    """Of the quotes that were shown, best first; none where nothing was found."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Question:
    """What somebody asks."""

    text: str
    language: str
    """ISO 639-1, `und` where it could not be told."""
    before: tuple[Turn, ...] = ()
    """The turns that it follows, oldest first; none for a question that was taken to be a new one."""
    searched: str = ""
    """What was embedded and searched: `text`, unless what it means hangs on the turns before."""

    def __post_init__(self) -> None:
        if not self.searched:
            object.__setattr__(self, "searched", self.text)


def question_of(text: str) -> Question:
    """What is asked, in the language that it seems to be in."""
    asked = _cleaned(text)
    return Question(text=asked, language=detect(asked, among=ASKED))


def _cleaned(text: str) -> str:
    """Without what no model reads: lone surrogates, controls, more than enough characters."""
    composed = normalize("NFC", text[: 4 * LONGEST_QUESTION])
    kept = "".join(character if character.isprintable() or character in _JOINERS else " " for character in composed)
    return " ".join(kept.strip(f" {_JOINERS}").split())[:LONGEST_QUESTION]
