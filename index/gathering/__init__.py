"""Articles that are fetched: pages, feeds and sitemaps, whose pages are kept as files like any others."""

from index.gathering.rounds import Added, Terms, add, gather_all
from index.gathering.store import Sources
from index.gathering.terms import Bounds, Clock, Gathered, GatheringBusy, Manners, NotGathered, SourceUnknown, WebSource

__all__ = [
    "Added",
    "Bounds",
    "Clock",
    "Gathered",
    "GatheringBusy",
    "Manners",
    "NotGathered",
    "SourceUnknown",
    "Sources",
    "Terms",
    "WebSource",
    "add",
    "gather_all",
]
