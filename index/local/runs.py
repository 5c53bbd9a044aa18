"""The record of indexing runs in the catalog: the newest of them, also of those that never came to an end."""

import os
import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import psutil

from index.local.catalog import FILE, connect, published_generation
from index.runs import Run, RunKind, Settled

_KEPT = 200
_SLACK = 2.0
"""Seconds by which a process may seem younger than what it did first."""


def begin(connection: sqlite3.Connection, kind: RunKind, *, by: str, about: str) -> int:
    """Its number; whatever seems under way besides has been interrupted, since whoever calls this is alone."""
    generation = published_generation(connection)
    connection.execute("UPDATE runs SET ended = 'interrupted', after = ? WHERE ended = 'running'", (generation,))
    number = connection.execute(
        "INSERT INTO runs (began, kind, by, about, process, before, ended) VALUES (?, ?, ?, ?, ?, ?, 'running')",
        (datetime.now(UTC).isoformat(timespec="seconds"), kind, by, about, os.getpid(), generation),
    ).lastrowid
    connection.execute("DELETE FROM runs WHERE id <= ? - ?", (number, _KEPT))
    return number or 0


def settle(connection: sqlite3.Connection, number: int, settled: Settled) -> None:
    """Noted with the generation that is published by now."""
    connection.execute(
        "UPDATE runs SET ended = ?, seconds = ?, why = ?, added = ?, changed = ?, removed = ?, unchanged = ?,"
        " skipped = ?, after = ? WHERE id = ?",
        (settled.ended, settled.seconds, settled.why, settled.added, settled.changed, settled.removed,
         settled.unchanged, settled.skipped, published_generation(connection), number),
    )  # fmt: skip


def carry_over(here: sqlite3.Connection, there: sqlite3.Connection) -> None:
    """The record of one catalog into another one, which takes its place and has none of its own."""
    there.execute("DELETE FROM runs")
    there.executemany(
        "INSERT INTO runs (id, began, seconds, kind, by, about, process, before, after, ended, why, added, changed,"
        " removed, unchanged, skipped) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        here.execute(
            "SELECT id, began, seconds, kind, by, about, process, before, after, ended, why, added, changed, removed,"
            " unchanged, skipped FROM runs"
        ),
    )


def newest_runs(folder: Path, count: int) -> list[Run]:
    """At most `count` of the library in `folder`, the newest first, beside an indexer at work too."""
    if not (folder / FILE).is_file():
        return []
    with closing(connect(folder)) as connection:
        generation = published_generation(connection)
        rows = connection.execute(
            "SELECT began, kind, by, about, process, before, after, ended, seconds, why, added, changed, removed,"
            " unchanged, skipped FROM runs ORDER BY id DESC LIMIT ?",
            (count,),
        ).fetchall()
    return [_run(row, generation) for row in rows]


def _run(row: tuple[Any, ...], generation: int) -> Run:
    began, kind, by, about, process, before, after, ended, seconds, why, *counts = row
    added, changed, removed, unchanged, skipped = counts
    run = Run(
        began=datetime.fromisoformat(began), kind=kind, by=by, about=about, before=before, after=after,
        settled=Settled(
            ended=ended, seconds=seconds, why=why, added=added, changed=changed, removed=removed,
            unchanged=unchanged, skipped=skipped,
        ),
    )  # fmt: skip
    if ended == "running" and not _is_at_work(process, run.began):
        return replace(run, after=generation, settled=replace(run.settled, ended="interrupted"))
    return run


def _is_at_work(process: int, since: datetime) -> bool:
    """Whether the process is there, and is not another one that was given its number later."""
    try:
        return psutil.Process(process).create_time() <= since.timestamp() + _SLACK
    except psutil.Error:
        return False
