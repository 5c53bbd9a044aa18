"""Single articles taken out of a library, whatever its sources hold, and put back."""

import time
from collections.abc import Callable, Collection, Sequence
from typing import Protocol

from index.errors import ArticleUnknown
from index.indexer import Outcome
from index.library_writer import Held
from index.progress import Progress, Report, silent


class Withholder(Protocol):
    """What takes single articles out of a library and back."""

    def held(self) -> Held:
        """What is published."""

    def withhold(self, ids: Sequence[str]) -> int:
        """Out of sight with these articles, which are held; the new generation."""

    def restore(self, ids: Sequence[str]) -> int:
        """Back with these articles, which are withheld; the new generation."""


def withhold(ids: Sequence[str], *, library: Withholder, report: Report = silent) -> Outcome:
    """Keep these articles out of sight from now on; raises ArticleUnknown, and then nothing has changed."""
    held = library.held()
    _expect(ids, held.articles.keys() | held.withheld.keys(), "The library holds no article with the id {}: answers "
            "name it as article_id, see citabot ask --json.")  # fmt: skip
    return _done([id_ for id_ in dict.fromkeys(ids) if id_ not in held.withheld], library.withhold, library, report)


def restore(ids: Sequence[str], *, library: Withholder, report: Report = silent) -> Outcome:
    """Put these articles back that were withheld; raises ArticleUnknown, and then nothing has changed."""
    _expect(ids, library.held().withheld.keys(), "No article with the id {} is withheld: citabot remove lists those "
            "that are.")  # fmt: skip
    return _done(list(dict.fromkeys(ids)), library.restore, library, report)


def _expect(ids: Sequence[str], known: Collection[str], complaint: str) -> None:
    unknown = [id_ for id_ in ids if id_ not in known]
    if unknown:
        raise ArticleUnknown(complaint.format(", ".join(unknown)))


def _done(ids: Sequence[str], publish: Callable[[Sequence[str]], int], library: Withholder, report: Report) -> Outcome:
    started, before = time.monotonic(), _seen(library.held())
    report(Progress(step="publishing", done=0, total=1))
    generation = publish(ids) if ids else None
    report(Progress(step="publishing", done=1, total=1))
    held = library.held()
    after = _seen(held)
    return Outcome(
        generation=generation,
        added=len(after - before),
        changed=0,
        removed=len(before - after),
        unchanged=len(before & after),
        skipped=(),
        seconds=time.monotonic() - started,
        withheld=len(held.withheld),
    )


def _seen(held: Held) -> set[str]:
    """Ids of the articles that readers see."""
    return held.articles.keys() - held.withheld.keys()
