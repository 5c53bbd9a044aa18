"""Folders of articles, watched: a change is told once it is quiet again."""

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path

from watchfiles import Change, awatch

_log = logging.getLogger(__name__)
QUIET = 5.0
"""Seconds without a change, after which it is told."""
_LONGEST = 600.0
"""Seconds after which a change is told though others follow it all the time."""
_LOOKED_AFTER = 30_000
"""Milliseconds after which is looked whether the folders are still there."""


class Watch:
    """Tells `changed` of files that came, changed or went, one time for all that happen together."""

    def __init__(
        self,
        sources: Sequence[Path],
        changed: Callable[[], Awaitable[None]],
        *,
        apart_from: Path,
        quiet: float = QUIET,
    ) -> None:
        """Files beneath `apart_from`, and hidden ones, count for nothing."""
        self._sources = [source.resolve() for source in sources]
        self._changed, self._apart, self._quiet = changed, apart_from.resolve(), quiet
        self._first: float | None = None
        """When the first change came that wasn't told yet."""
        self._timer: asyncio.TimerHandle | None = None
        self._telling: set[asyncio.Task[None]] = set()

    async def run(self) -> None:
        """Until it is cancelled; folders that are not there, as drives that are not mounted, are waited for.

        Those that are there when it begins are told of too, for what changed before anybody watched.
        """
        before: list[Path] = []
        try:
            while True:
                if (there := self._there()) != before:
                    self._note()
                before = there
                try:
                    await self._watch(there)
                except (OSError, RuntimeError) as error:  # a folder went between two looks, or there are too many
                    _log.warning("Folders of articles can't be watched, which is tried again: %s", error)
                    await asyncio.sleep(_LOOKED_AFTER / 1000)
                    self._note()  # nobody saw what happened meanwhile
        finally:
            if self._timer:
                self._timer.cancel()

    def _there(self) -> list[Path]:
        return [source for source in self._sources if _is_there(source)]

    async def _watch(self, there: Sequence[Path]) -> None:
        """As long as the same of the sources are there."""
        if not there:
            await asyncio.sleep(_LOOKED_AFTER / 1000)
            return
        async for changes in awatch(
            *there,
            watch_filter=self._counts,
            rust_timeout=_LOOKED_AFTER,
            yield_on_timeout=True,
            ignore_permission_denied=True,
        ):
            if changes:
                self._note()
            if there != self._there() or any(Path(path) in there for _, path in changes):
                return  # what is watched may be another file by now, as when an editor saves it

    def _counts(self, _: Change, path: str) -> bool:
        place = Path(path)
        if place.is_relative_to(self._apart):
            return False
        roots = [source for source in self._sources if place.is_relative_to(source)]
        return not roots or not any(part.startswith(".") for part in place.relative_to(roots[0]).parts)

    def _note(self) -> None:
        """Put off what is to be told until it is quiet."""
        now = time.monotonic()
        self._first = self._first or now
        if self._timer:
            self._timer.cancel()
        left = max(0.0, min(self._quiet, self._first + _LONGEST - now))
        self._timer = asyncio.get_running_loop().call_later(left, self._tell)

    def _tell(self) -> None:
        self._first = self._timer = None
        task = asyncio.create_task(self._told())
        self._telling.add(task)
        task.add_done_callback(self._telling.discard)

    async def _told(self) -> None:
        try:
            await self._changed()
        except Exception:  # the next change must be told all the same
            _log.exception("What changed in the folders of articles could not be taken up")


def _is_there(source: Path) -> bool:
    """Not where nobody can tell, as on a drive that has gone to sleep."""
    try:
        return source.exists()
    except OSError:
        return False
