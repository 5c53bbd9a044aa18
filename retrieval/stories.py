"""A story that several articles tell nearly word for word is shown once, as the newest of them tells it."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from index.article import PassageId
from retrieval.answer import Hit

Run = tuple[str, ...]

_LOOKED_AT = 12
"""Hits that are compared: many more than anybody is shown."""
_SHARED = 0.6
"""Of the shorter passage's runs of words, that the other one must hold as well."""
_RUN = 3
"""Search terms in a row: so many make a sentence's wording its own (Broder 1997 calls them shingles)."""
_DATE_LINE = 3
"""Terms that a passage may begin with to say when it was written."""
_LEAST = 6
"""Runs that a passage must have; what is shorter must be the same, word for word."""
_TIE = 1.0
"""Points that a newer telling may be behind, if it holds as much of the question."""


@dataclass(frozen=True, kw_only=True, slots=True)
class _Wording:
    """What tells one story from another."""

    runs: frozenset[Run]
    counted: Mapping[Run, frozenset[Run]]
    """Runs with numbers, by what they are without them; not those of a date line."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Story:
    """A hit, and those of other articles that say nearly the same."""

    hit: Hit
    retold: tuple[Hit, ...] = ()


def stories(hits: Sequence[Hit], *, meant: Collection[PassageId] = ()) -> list[Story]:
    """In the order of the best of each; an article that says the same twice is heard once.

    A story that a passage tells which is `meant` is told by such a one, however new others are.
    """
    groups = list[list[Hit]]()
    wordings = [_wording(hit) for hit in hits[:_LOOKED_AT]]
    first = dict[int, int]()
    seen = dict[bytes, list[Hit]]()
    for number, hit in enumerate(hits):
        group = seen.get(hit.passage.key)
        if group is None and number < len(wordings):
            group = next((groups[at] for other, at in first.items() if _alike(wordings[other], wordings[number])), None)
        if group is None:
            group = list[Hit]()
            groups.append(group)
            if number < len(wordings):
                first[number] = len(groups) - 1
        seen[hit.passage.key] = group
        group.append(hit)
    return [_story(group, meant) for group in groups]


def retells(one: Hit, other: Hit) -> bool:
    """Whether two passages say nearly the same."""
    return one.passage.key == other.passage.key or _alike(_wording(one), _wording(other))


def courteous(told: Sequence[Story]) -> list[Story]:
    """The best one, then the best of each other article, then the rest."""
    first, later, seen = list[Story](), list[Story](), set[str]()
    for story in told:
        (later if story.hit.passage.article in seen else first).append(story)
        seen.add(story.hit.passage.article)
    return [*first, *later]


def _story(group: Sequence[Hit], meant: Collection[PassageId]) -> Story:
    first = group[0]
    alike = [hit for hit in group if (hit.passage.id in meant) == (first.passage.id in meant)]
    tied = [hit for hit in alike if hit.scores.final >= first.scores.final - _TIE and hit.coverage >= first.coverage]
    told = max(tied, key=lambda hit: hit.passage.published or date.min)
    by_article = {hit.passage.article: hit for hit in reversed(group) if hit.passage.article != told.passage.article}
    return Story(hit=told, retold=tuple(reversed(by_article.values())))


def _wording(hit: Hit) -> _Wording:
    terms = hit.passage.terms
    runs = list(zip(*(terms[start:] for start in range(_RUN)), strict=False))
    counted = dict[Run, frozenset[Run]]()
    for run in runs[_DATE_LINE:]:
        bare = tuple("#" if term[0].isdecimal() else term for term in run)
        if bare != run:
            counted[bare] = counted.get(bare, frozenset()) | {run}
    return _Wording(runs=frozenset(runs), counted=counted)


def _alike(one: _Wording, other: _Wording) -> bool:
    """Reports on another day are written alike, but where one has a number the other one has another."""
    least = min(len(one.runs), len(other.runs))
    if least < _LEAST or len(one.runs & other.runs) < _SHARED * least:
        return False
    return all(one.counted[bare] & other.counted[bare] for bare in one.counted.keys() & other.counted.keys())
