"""How the last piece of work on the library ended, as it is remembered beyond the bot's run."""

import json
from dataclasses import asdict, dataclass

from bot.json_lines import read_fall, read_vanishing
from bot.reindexing import Cancelled, Ending, Failed
from index.golden import Fall, without_private
from index.indexer import Outcome


@dataclass(frozen=True, kw_only=True, slots=True)
class Ended:
    """How a piece of work ended, without the names of what was skipped."""

    ending: Ending
    at: float
    """Seconds since 1970."""
    skipped: int
    """How many files or lines were."""


def written(ending: Ending, at: float) -> str:
    """As notes keep it."""
    kept = asdict(without_private(ending) if isinstance(ending, Fall) else ending)
    skipped = len(kept.pop("skipped", ()))
    return json.dumps({"kind": type(ending).__name__, "at": at, "skipped": skipped, "fields": kept})


def read_ended(text: str) -> Ended | None:
    """As it was written; None for what another version of the bot wrote in its own way."""
    try:
        kept = json.loads(text)
        fields = kept["fields"]
        ending: Ending = Cancelled()
        if kept["kind"] == "Outcome":
            ending = Outcome(**fields, skipped=())
        elif kept["kind"] == "Failed":
            ending = Failed(**fields)
        elif kept["kind"] == "Vanishing":
            ending = read_vanishing(fields)
        elif kept["kind"] == "Fall":
            ending = read_fall(fields)
        return Ended(ending=ending, at=float(kept["at"]), skipped=int(kept["skipped"]))
    except (KeyError, TypeError, ValueError):
        return None
