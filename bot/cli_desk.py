"""What the commands that answer share: everything opened, whatever takes its time shown."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

from rich.console import Console

from bot import wiring
from bot.console import progress_bars
from bot.desk import Desk
from bot.settings import Settings


@contextmanager
def opened_desk(settings: Settings) -> Iterator[Desk]:
    """Everything opened, the loading of the model shown."""
    with ExitStack() as opened:
        with progress_bars(Console(stderr=True)) as report:
            desk = opened.enter_context(wiring.open_desk(settings, report=report))
        yield desk
