"""Indexing in the bot's words: how far it is, how it ended, what it would change."""

from bot.i18n import Texts
from bot.reindexing import Cancelled, Ending, Failed
from bot.views.buttons import button
from bot.views.past import LEAVE
from bot.views.writing import Reply, keyboard_of
from index.golden import Fall
from index.indexer import Outcome
from index.plan import Plan
from index.progress import Progress
from index.readers.making import one_line
from index.vanishing import Vanishing

EVEN_SO, PUBLISH = "ev", "ef"
"""Buttons, with the generation that they were shown beside: most articles are taken out; it is published though answers
fell, first 1 where most articles are gone as well."""
_SHOWN = 10
"""Changes, and files that were skipped, that are named in a message."""


def progress_text(progress: Progress, texts: Texts) -> str:
    """One line for a step under way."""
    if progress.step in ("model", "publishing"):
        return texts(f"reindex-{progress.step}")
    return texts(f"reindex-{progress.step}", done=progress.done, total=progress.total)


def outcome_text(ending: Ending, texts: Texts) -> str:
    """What changed and how long it took, or what failed."""
    if isinstance(ending, Cancelled):
        return texts("reindex-cancelled")
    if isinstance(ending, Failed):
        return texts("reindex-failed", reason=ending.reason) if ending.reason else texts("reindex-stopped")
    if isinstance(ending, Vanishing):
        return "\n".join(_vanishing(ending, texts("reindex-vanishing", removed=ending.removed, of=ending.of), texts))
    if isinstance(ending, Fall):
        return "\n".join([texts("reindex-fell", fallen=ending.count, right=ending.right), *_fallen(ending, texts)])
    seconds = f"{ending.seconds:.1f}"
    done = (
        texts("reindex-nothing", seconds=seconds, unchanged=ending.unchanged)
        if ending.generation is None
        else texts(
            "reindex-done",
            seconds=seconds,
            added=ending.added,
            changed=ending.changed,
            removed=ending.removed,
            unchanged=ending.unchanged,
        )
    )
    return "\n".join([done, *_left_out(ending, texts)])


def even_so(ending: Ending, texts: Texts, *, gone: bool, generation: int) -> Reply | None:
    """What has to be asked before most articles, or answers, go from `generation`.

    `gone` says that the articles were asked about.
    """
    leave = button(texts("cancel"), LEAVE)
    if isinstance(ending, Vanishing):
        rows = [[button(texts("remove-them"), EVEN_SO, generation), leave]]
        return Reply(text=texts("reindex-even-so"), keyboard=keyboard_of(rows))
    if isinstance(ending, Fall):
        rows = [[button(texts("publish-it"), PUBLISH, int(gone), generation), leave]]
        return Reply(text=texts("reindex-fell-even-so"), keyboard=keyboard_of(rows))
    return None


def rollback_text(generation: int, ending: Ending, texts: Texts) -> str:
    """The same for one that went back to a generation, and for how long that will be so."""
    if not isinstance(ending, Outcome):
        return outcome_text(ending, texts)
    if ending.generation is None:
        return texts("rollback-same", generation=str(generation))
    done = texts("rollback-done", generation=str(generation))
    return "\n".join([done, outcome_text(ending, texts), texts("rollback-until")])


def plan_text(plan: Plan | Failed, texts: Texts) -> str:
    """What a reindex would change, the first of them by title, or why that can't be told."""
    if isinstance(plan, Failed):
        return texts("reindex-preview-failed", reason=plan.reason)
    if not plan.changes:
        return "\n".join([texts("reindex-preview-nothing", unchanged=plan.unchanged), *_left_out(plan, texts)])
    heading = texts(
        "reindex-preview",
        added=plan.count("added"),
        changed=plan.count("changed"),
        removed=plan.count("removed"),
        unchanged=plan.unchanged,
    )
    signs = {"added": "+", "changed": "±", "removed": "−"}
    lines = [f"{signs[change.kind]} {change.title[:100]} ({change.file[:100]})" for change in plan.changes[:_SHOWN]]
    if len(plan.changes) > _SHOWN:
        lines.append(texts("reindex-more", more=len(plan.changes) - _SHOWN))
    if plan.vanishing:
        removed, of = plan.vanishing.removed, plan.vanishing.of
        lines += _vanishing(plan.vanishing, texts("reindex-vanishing-preview", removed=removed, of=of), texts)
    return "\n".join([heading, *lines, *_left_out(plan, texts)])


def _vanishing(vanishing: Vanishing, told: str, texts: Texts) -> list[str]:
    folders = ", ".join(folder[:100] for folder in vanishing.empty[:_SHOWN])
    return [*([texts("reindex-emptied", folders=folders)] if folders else []), told]


def _fallen(fall: Fall, texts: Texts) -> list[str]:
    lines = [
        f"• {one_line(each.question)[:100]} → {one_line(each.shown)[:100] or texts('reindex-fell-unanswered')}"
        for each in fall.fallen[:_SHOWN]
    ]
    more = fall.count - len(lines)
    return [*lines, *([texts("reindex-more", more=more)] if more else [])]


def _left_out(told: Plan | Outcome, texts: Texts) -> list[str]:
    """What was skipped and how many articles are withheld, if any."""
    lines = []
    if told.skipped:
        lines.append(texts("reindex-skipped", skipped=len(told.skipped)))
        lines += [f"• {skipped.source[:100]}: {skipped.reason[:100]}" for skipped in told.skipped[:_SHOWN]]
        if len(told.skipped) > _SHOWN:
            lines.append(texts("reindex-more", more=len(told.skipped) - _SHOWN))
    if told.withheld:
        lines.append(texts("reindex-withheld", withheld=told.withheld))
    return lines
