"""Questions as a table that spreadsheets open."""

import csv
import io
from collections.abc import Mapping, Sequence
from datetime import datetime

from bot.state.report import AskedQuestion

_COLUMNS = ("time", "question", "searched", "language", "verdict", "confidence", "milliseconds",
            "article", "good", "bad", "comments")  # fmt: skip
_FORMULAS = ("=", "+", "-", "@", "＝", "＋", "－", "＠", "\t", "\r", "\n")
"""What spreadsheets take for the beginning of one, the wide forms of Japanese keyboards too."""


def as_csv(questions: Sequence[AskedQuestion], titles: Mapping[str, str]) -> bytes:
    """UTF-8 with a byte order mark, oldest first, articles by their `titles`; no formulas in it, nobody is named."""
    table = io.StringIO(newline="")
    writer = csv.writer(table, quoting=csv.QUOTE_ALL)
    writer.writerow(_COLUMNS)
    for asked in reversed(questions):
        article = asked.article or ""
        time = datetime.fromtimestamp(asked.at).astimezone().isoformat(timespec="seconds")
        writer.writerow(
            [time, _plain(asked.text), _plain(asked.searched), asked.language, asked.verdict,
             f"{asked.confidence:.3f}", f"{asked.milliseconds:.1f}", _plain(titles.get(article, article)),
             asked.good, asked.bad, _plain(" | ".join(asked.comments))]
        )  # fmt: skip
    return table.getvalue().encode("utf-8-sig", "replace")


def _plain(text: str) -> str:
    return f"'{text}" if text.startswith(_FORMULAS) else text
