"""What each indexing run leaves on record: when, by whom, what it changed, and how it ended."""

import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, Protocol

from index.errors import (
    ArticleUnknown,
    FileUnusable,
    FingerprintMismatch,
    GenerationNotKept,
    IndexingError,
    NotOverwritten,
    SourceMissing,
)
from index.golden import AnswersFell
from index.indexer import Outcome
from index.vanishing import MostAreGone

RunKind = Literal["index", "remove", "restore", "rollback", "import"]
Ended = Literal["running", "published", "nothing", "refused", "failed", "interrupted"]
"""A run is refused where what was asked for can't be done as it was asked, and so nothing was tried."""

_REFUSED = (
    AnswersFell, ArticleUnknown, FileUnusable, FingerprintMismatch, GenerationNotKept, MostAreGone, NotOverwritten,
    SourceMissing,
)  # fmt: skip
_LONGEST = 500
"""Characters of why a run failed, and of what it was about."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Settled:
    """How a run ended, and how many articles it changed."""

    ended: Ended
    seconds: float | None = None
    why: str = ""
    """What went wrong; empty where nothing did."""
    added: int = 0
    changed: int = 0
    removed: int = 0
    unchanged: int = 0
    skipped: int = 0


@dataclass(frozen=True, kw_only=True, slots=True)
class Run:
    """One on record."""

    began: datetime
    """In UTC."""
    kind: RunKind
    by: str
    """Who or what started it; empty where that is not known."""
    about: str
    """The generation that it was to go back to, or the ids of articles; empty where it was about all of them."""
    before: int
    """The generation that it found."""
    after: int | None
    """The generation that it left; None while it is under way."""
    settled: Settled


class RunLog(Protocol):
    """Where runs are put on record; held by one of them at a time."""

    def begin_run(self, kind: RunKind, *, by: str, about: str) -> int:
        """A number for a run that is under way from now on."""

    def settle_run(self, number: int, settled: Settled) -> None:
        """How it ended."""


def recorded(log: RunLog, kind: RunKind, run: Callable[[], Outcome], *, by: str, about: str = "") -> Outcome:
    """Runs it, and puts on record how it ended, however it ended; raises what it raises.

    A process that is killed leaves it as one under way, which whoever reads the record sees to be interrupted.
    """
    number, started = log.begin_run(kind, by=by, about=about[:_LONGEST]), time.monotonic()
    try:
        outcome = run()
    except BaseException as error:
        with suppress(Exception):  # what went wrong first is what matters
            log.settle_run(number, _gone_wrong(error, time.monotonic() - started))
        raise
    log.settle_run(
        number,
        Settled(
            ended="nothing" if outcome.generation is None else "published",
            seconds=outcome.seconds,
            added=outcome.added,
            changed=outcome.changed,
            removed=outcome.removed,
            unchanged=outcome.unchanged,
            skipped=len(outcome.skipped),
        ),
    )
    return outcome


def _gone_wrong(error: BaseException, seconds: float) -> Settled:
    ended: Ended = "refused" if isinstance(error, _REFUSED) else "failed"
    if not isinstance(error, Exception):
        return Settled(ended="interrupted", seconds=seconds)
    name = "" if isinstance(error, IndexingError) else f"{type(error).__name__}: "
    return Settled(ended=ended, seconds=seconds, why=" ".join(f"{name}{error}".split())[:_LONGEST])
