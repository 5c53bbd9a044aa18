"""What was done to the library, in the terminal: runs on record, and what can be gone back to."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from rich.console import Console

from bot.console import say
from index.golden import Fall
from index.indexer import Outcome
from index.rollback import KeptGeneration
from index.runs import Run

_NOTHING_DONE = "Nothing is on record yet."
_NOTHING_KEPT = "There is nothing to go back to yet: no change of the articles is kept."


def show_runs(console: Console, runs: Sequence[Run]) -> None:
    """A line for each, and one below it for what went wrong."""
    if not runs:
        console.print(_NOTHING_DONE)
    for run in runs:
        say(console, " · ".join(part for part in (local(run.began), _what(run), _how(run), run.by) if part))
        if run.settled.why:
            say(console, f"  {run.settled.why}")


def show_kept(console: Console, kept: Sequence[KeptGeneration]) -> None:
    """A line for each generation that can be gone back to."""
    if not kept:
        console.print(_NOTHING_KEPT)
    for each in kept:
        say(
            console,
            f"generation {each.generation}, until {local(each.until)}: {each.articles} articles; "
            f"then {each.added} added, {each.changed} changed, {each.removed} removed",
        )


def show_fall(console: Console, fall: Fall) -> None:
    """Every question that would be answered no more, and what would be shown for it."""
    for each in fall.fallen:
        shown = f"would quote {each.shown}" if each.shown else "would not be answered"
        say(console, f"  {each.id}: {each.question} ({shown})")


def show_gone_back(console: Console, generation: int, outcome: Outcome) -> None:
    """Where it has gone to, and for how long."""
    if outcome.generation is None:
        say(console, f"The articles are those of generation {generation} already; nothing was changed.")
    else:
        say(console, f"{still_back(generation)} They are generation {outcome.generation} now.")


def still_back(generation: int) -> str:
    """What a library is that was rolled back."""
    return (
        f"The articles are those of generation {generation} again. What the sources hold is taken up by the next "
        "citabot index or /reindex, also for a file that is sent to the bot; a start of the bot leaves it."
    )


def still_imported() -> str:
    """What a library is that came out of a file."""
    return (
        "The library is as it was imported. What the sources hold is taken up by the next citabot index or /reindex, "
        "also for a file that is sent to the bot; a start of the bot leaves it."
    )


def still_of_others(settings: Sequence[Path]) -> str:
    """What a library is that was made of other sources than the `settings` name."""
    return (
        "The library holds the articles that were named for it, and a start leaves it so. What the settings name "
        f"({', '.join(map(str, settings))}) takes their place with the next citabot index or /reindex, also for a file "
        "that is sent to the bot. To have what was named kept up to date, name it in CITABOT_ARTICLES."
    )


def _what(run: Run) -> str:
    return f"{run.kind} {run.about}".strip()


def _how(run: Run) -> str:
    settled = run.settled
    counts = f"{settled.added} added, {settled.changed} changed, {settled.removed} removed"
    taking = "" if settled.seconds is None else f" in {settled.seconds:.1f} s"
    skipped = f", {settled.skipped} skipped" if settled.skipped else ""
    if settled.ended == "published":
        return f"generation {run.after}: {counts}, {settled.unchanged} unchanged{skipped}{taking}"
    if settled.ended == "interrupted" and run.after != run.before:
        return f"interrupted after generation {run.after} was published"
    return {
        "nothing": f"nothing to do, {settled.unchanged} unchanged{skipped}{taking}",
        "running": "under way",
    }.get(settled.ended, f"{settled.ended}{taking}")


def local(moment: datetime) -> str:
    """To the minute, in the time of the machine."""
    return f"{moment.astimezone():%Y-%m-%d %H:%M}"
