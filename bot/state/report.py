"""What was asked, as figures and lists for admins."""

import math
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from bot.state.store import Store
from retrieval.answer import Verdict

_NEWEST = 500


@dataclass(frozen=True, kw_only=True, slots=True)
class AskedQuestion:
    """A question as a report shows it: without the one who asked."""

    turn: int
    at: float
    text: str
    searched: str
    language: str
    verdict: Verdict
    confidence: float
    milliseconds: float
    good: int
    bad: int
    comments: tuple[str, ...]
    article: str | None
    """The id of the one that was quoted first."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Day:
    """How many questions of each verdict."""

    day: date
    answered: int
    unsure: int
    nothing: int

    @property
    def asked(self) -> int:
        """All of them."""
        return self.answered + self.unsure + self.nothing


class Reports:
    """Reads, and takes its time over it: to be called where nobody waits; never writes."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def questions(self, *, since: float = 0.0, until: float = math.inf, count: int = _NEWEST) -> list[AskedQuestion]:
        """The newest, newest first, of those asked in `[since, until)`."""
        rows = self._store.report_rows(
            "SELECT id, at, text, searched, language, verdict, confidence, milliseconds,"
            " (SELECT count(*) FROM opinions WHERE turn = turns.id AND opinion = 'good'),"
            " (SELECT count(*) FROM opinions WHERE turn = turns.id AND opinion != 'good'),"
            " (SELECT group_concat(comment, char(31)) FROM opinions WHERE turn = turns.id),"
            " (SELECT article FROM quotes WHERE turn = turns.id AND number = 1)"
            " FROM turns WHERE at >= ? AND at < ? ORDER BY id DESC LIMIT ?",
            since, until, count,
        )  # fmt: skip
        return [
            AskedQuestion(
                turn=turn, at=at, text=text, searched=searched, language=language, verdict=verdict,
                confidence=confidence, milliseconds=milliseconds, good=good, bad=bad,
                comments=tuple((comments or "").split("\x1f")) if comments else (), article=article,
            )
            for turn, at, text, searched, language, verdict, confidence, milliseconds, good, bad, comments, article
            in rows
        ]  # fmt: skip

    def days(self, count: int, today: date) -> list[Day]:
        """The last `count` days, oldest first, in this machine's time; days without a question too."""
        days = [date.fromordinal(today.toordinal() - back) for back in reversed(range(count))]
        begun = datetime.combine(days[0], datetime.min.time()).timestamp()
        rows = self._store.report_rows(
            "SELECT date(at, 'unixepoch', 'localtime') AS day, sum(verdict = 'answered'), sum(verdict = 'unsure'),"
            " sum(verdict = 'nothing') FROM turns WHERE at >= ? GROUP BY day",
            begun,
        )
        tally = {date.fromisoformat(day): counts for day, *counts in rows}
        counted = [(day, *tally.get(day, (0, 0, 0))) for day in days]
        return [Day(day=day, answered=a, unsure=u, nothing=n) for day, a, u, n in counted]

    def latency(self, *, seconds: float = 86_400.0) -> tuple[float, float] | None:
        """Median and 95th percentile in milliseconds of the questions of late; None without any."""
        rows = self._store.report_rows("SELECT milliseconds FROM turns WHERE at >= ?", time.time() - seconds)
        return _percentiles([spent for (spent,) in rows])


def _percentiles(spent: Sequence[float]) -> tuple[float, float] | None:
    if not spent:
        return None
    ordered = sorted(spent)
    return ordered[(len(ordered) - 1) // 2], ordered[min(len(ordered) - 1, round(0.95 * (len(ordered) - 1)))]
