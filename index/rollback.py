"""Back to the articles of an earlier generation, as a new one; nothing is embedded for it."""

import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from index.errors import GenerationNotKept
from index.indexer import Outcome
from index.library_writer import Held
from index.progress import Progress, Report, silent


@dataclass(frozen=True, kw_only=True, slots=True)
class KeptGeneration:
    """A generation that can be gone back to, and what indexing made of it."""

    generation: int
    until: datetime
    """When the next one was published that changed articles, in UTC."""
    articles: int
    """That readers saw."""
    added: int
    changed: int
    removed: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Exchange:
    """A generation that was published to go back to an earlier one."""

    generation: int
    added: int
    changed: int
    removed: int


class Rewinder(Protocol):
    """What takes a library back."""

    def held(self) -> Held:
        """What is published."""

    def kept(self) -> list[KeptGeneration]:
        """Generations that can be gone back to, the newest first."""

    def go_back(self, generation: int) -> Exchange | None:
        """To the articles of one of these, or of one between them; None where they are there already."""


def roll_back(generation: int, *, library: Rewinder, report: Report = silent) -> Outcome:
    """Make the articles those of `generation` again; raises GenerationNotKept, and then nothing has changed.

    Articles that are withheld stay so. What the sources hold is taken up by the next indexing, and not before.
    """
    started = time.monotonic()
    choose(generation, library.kept())
    report(Progress(step="publishing", done=0, total=1))
    exchange = library.go_back(generation)
    report(Progress(step="publishing", done=1, total=1))
    held = library.held()
    added, changed = (exchange.added, exchange.changed) if exchange else (0, 0)
    return Outcome(
        generation=exchange.generation if exchange else None,
        added=added,
        changed=changed,
        removed=exchange.removed if exchange else 0,
        unchanged=len(held.articles.keys() - held.withheld.keys()) - added - changed,
        skipped=(),
        seconds=time.monotonic() - started,
        withheld=len(held.withheld),
    )


def choose(generation: int | None, kept: Sequence[KeptGeneration]) -> int:
    """That one, or the one before indexing changed articles last; raises GenerationNotKept."""
    if not kept:
        raise GenerationNotKept("There is nothing to go back to: no change of the articles is kept yet.")
    if generation is None:
        return kept[0].generation
    if generation < kept[-1].generation:
        raise GenerationNotKept(
            f"Generation {generation} is not kept; the oldest that can be gone back to is {kept[-1].generation}: "
            "citabot rollback --list"
        )
    return generation
