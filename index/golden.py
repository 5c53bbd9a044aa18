"""Questions whose answers are known, asked of a new generation before anybody sees it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from index.errors import IndexingError
from index.library import ReadableLibrary
from index.progress import Report

_NAMED = 5
_LONGEST = 60
"""Characters of a question that is named."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Fallen:
    """A question that is answered rightly now, and would not be any more."""

    id: str
    question: str
    shown: str = ""
    """The title of the article that would be quoted first; empty where the answer would be that nothing says it."""
    private: bool = False
    """Whether it is a reader's own, which admins are told and no record keeps."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Fall:
    """More questions would be answered no more than may be."""

    count: int
    """How many would be."""
    right: int
    """How many are answered rightly by the generation that answers now."""
    fallen: tuple[Fallen, ...]
    """Those that are named here."""


class AnswersFell(IndexingError):
    """Too many questions would be answered no more, and nobody has said that it is to be published all the same."""

    def __init__(self, fall: Fall) -> None:
        super().__init__(
            f"{told(fall)} Nothing was published, the articles are as they were, and nothing has to be embedded again. "
            "Look at what has changed; if it is to be so, run: citabot index --even-if-answers-fell"
        )
        self.fall = fall


class GoldenUnusable(IndexingError):
    """The questions that would have to be asked can't be read."""


Check = Callable[[ReadableLibrary, Report], None]
"""Looks at what is about to be published; raises AnswersFell or GoldenUnusable, and then it is not."""


def told(fall: Fall) -> str:
    """In a sentence that names the first questions, readers' own apart."""
    named = [f"{each.id} ({_brief(each.question)})" for each in _public(fall.fallen)[:_NAMED]]
    more = fall.count - len(named)
    names = ", ".join([*named, *([f"{more} more" if named else "all of them readers' own"] if more else [])])
    return f"{fall.count} of {fall.right} questions that are answered rightly would be answered no more: {names}."


def without_private(fall: Fall) -> Fall:
    """What may be put on record."""
    return Fall(count=fall.count, right=fall.right, fallen=tuple(_public(fall.fallen)))


def _public(fallen: Sequence[Fallen]) -> list[Fallen]:
    return [each for each in fallen if not each.private]


def _brief(question: str) -> str:
    return question if len(question) <= _LONGEST else f"{question[: _LONGEST - 1]}…"
