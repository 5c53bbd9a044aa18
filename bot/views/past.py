"""What admins see of the library's past: what can be gone back to, and how its newest runs ended."""

from collections.abc import Mapping, Sequence

from telegram import MessageEntity

from bot.i18n import Texts
from bot.views.buttons import button
from bot.views.record import moment_of
from bot.views.writing import Reply, Writer, brief, keyboard_of
from index.rollback import KeptGeneration
from index.runs import Ended, Run, RunKind

TELEGRAM = "telegram "
"""What stands before the id of an admin who had something done to the library."""
CHOOSE, GO, LEAVE = "bk", "bg", "bn"
"""Buttons: a generation is chosen, it is gone back to, everything stays as it is."""
_KINDS: Mapping[RunKind, str] = {
    "index": "deed-reindex",
    "remove": "deed-remove",
    "restore": "deed-restore",
    "rollback": "deed-rollback",
    "import": "deed-import",
}
_ENDED: Mapping[Ended, str] = {
    "nothing": "run-nothing",
    "refused": "run-refused",
    "failed": "run-failed",
    "interrupted": "run-interrupted",
    "running": "run-running",
}
_STARTED = {
    "start": "run-by-start",
    "terminal": "run-by-terminal",
    "schedule": "run-by-schedule",
    "watch": "run-by-watch",
}
_LONGEST_WHY, _LONGEST_NAME = 200, 40


def kept_reply(kept: Sequence[KeptGeneration], texts: Texts) -> Reply:
    """Generations that can be gone back to, each with a button that asks."""
    if not kept:
        return Reply(text=texts("rollback-none"))
    writer = Writer()
    writer.add(texts("rollback-heading"), MessageEntity.BOLD)
    rows = []
    for each in kept:
        until, changes = moment_of(each.until.timestamp()), _changes(each.added, each.changed, each.removed)
        generation = str(each.generation)
        writer.add(
            "\n• "
            + texts("rollback-kept", generation=generation, until=until, articles=str(each.articles), changes=changes)
        )
        rows.append(button(texts("rollback-to", generation=generation), CHOOSE, each.generation))
    return writer.reply([rows[at : at + 2] for at in range(0, len(rows), 2)])


def asked_reply(generation: int, texts: Texts) -> Reply:
    """Whether to go back there."""
    rows = [[button(texts("rollback-go"), GO, generation), button(texts("cancel"), LEAVE)]]
    return Reply(text=texts("rollback-ask", generation=str(generation)), keyboard=keyboard_of(rows))


def runs_text(runs: Sequence[Run], names: Mapping[int, str], texts: Texts) -> str:
    """A line for each, admins by their `names` where these are known; empty where there are none."""
    return "\n".join([texts("runs-heading"), *(f"• {_line(run, names, texts)}" for run in runs)] if runs else [])


def admin_of(run: Run) -> int | None:
    """The id of the admin who started it in Telegram."""
    id_ = run.by.removeprefix(TELEGRAM)
    return int(id_) if run.by.startswith(TELEGRAM) and id_.isdecimal() else None


def _line(run: Run, names: Mapping[int, str], texts: Texts) -> str:
    settled = run.settled
    kind = texts(_KINDS[run.kind]) + (f" {run.about}" if run.kind == "rollback" else "")
    if settled.ended == "published":
        generation = texts("run-published", generation=str(run.after))
        ended = f"{generation} ({_changes(settled.added, settled.changed, settled.removed)})"
    else:
        ended = texts(_ENDED[settled.ended]) + (f": {brief(settled.why, _LONGEST_WHY)}" if settled.why else "")
    parts = [moment_of(run.began.timestamp()), kind, ended, _who(run, names, texts)]
    return " · ".join(part for part in parts if part)


def _who(run: Run, names: Mapping[int, str], texts: Texts) -> str:
    admin = admin_of(run)
    if admin is not None:
        return brief(names.get(admin, str(admin)), _LONGEST_NAME)
    return texts(_STARTED[run.by]) if run.by in _STARTED else brief(run.by, _LONGEST_NAME)


def _changes(added: int, changed: int, removed: int) -> str:
    return f"+{added} ±{changed} −{removed}"
