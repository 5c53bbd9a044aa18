"""How a long piece of work tells whoever waits where it stands."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

Step = Literal["gathering", "model", "reading", "embedding", "asking", "publishing"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Progress:
    """`done` of `total` units of one step; a `total` of 0 means that it isn't known."""

    step: Step
    done: int
    total: int


Report = Callable[[Progress], None]
"""Is called with each Progress; must be quick."""


def silent(progress: Progress) -> None:
    """Report to nobody."""
