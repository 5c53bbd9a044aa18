"""What robots.txt lets us fetch, by RFC 9309; a hostile one takes no longer than there is time."""

import re
from collections.abc import Iterator
from itertools import islice
from urllib.parse import unquote

from index.fetching.terms import Deadline, Limits

_RULES = ("allow", "disallow")
_DELAY = "crawl-delay"
"""In no standard, but in many files."""
_SECONDS = re.compile(r"\d{1,6}(?:\.\d{1,6})?", re.ASCII)
_MOST_RULES = 10_000
"""That are heeded; honest files have far fewer."""


def allows(robots: str, path: str, *, agent: str, deadline: Deadline | None = None) -> bool:
    """Whether `agent` may fetch `path` (with its query): the longest rule that fits decides, the kinder of two.

    Raises TimeoutError where the deadline passes before that is clear.
    """
    deadline = deadline or Deadline(Limits())
    plain, best = unquote(path), (0, True)
    for kind, pattern in _ours(robots, agent):
        deadline.left()
        if kind in _RULES and _fits(pattern, plain):
            best = max(best, (len(pattern), kind == "allow"))
    return best[1]


def pause_of(robots: str, *, agent: str) -> float:
    """Seconds that `agent` is asked to leave between two visits; 0 where nothing is asked."""
    delays = [value for kind, value in _ours(robots, agent) if kind == _DELAY and _SECONDS.fullmatch(value)]
    return max(map(float, delays), default=0.0)


def _ours(robots: str, agent: str) -> Iterator[tuple[str, str]]:
    """The rules for `agent`: those that name it, else those for everybody."""
    groups = list(_groups(robots))
    ours = [rules for agents, rules in groups if agent.lower() in agents]
    ours = ours or [rules for agents, rules in groups if "*" in agents]
    return islice((rule for rules in ours for rule in rules), _MOST_RULES)


def _groups(robots: str) -> Iterator[tuple[set[str], list[tuple[str, str]]]]:
    """Whom each group is for, in lower case, and its rules."""
    agents: set[str] = set()
    rules: list[tuple[str, str]] = []
    begun = False
    for line in robots.removeprefix("\ufeff").splitlines():
        name, _, value = (part.strip() for part in line.partition("#")[0].partition(":"))
        name = name.lower()
        if name == "user-agent":
            if begun:
                yield agents, rules
                agents, rules, begun = set(), [], False
            agents.add(value.partition("/")[0].strip().lower())
        elif name in (*_RULES, _DELAY) and agents:
            begun = True
            if value:
                rules.append((name, value))
    yield agents, rules


def _fits(pattern: str, path: str) -> bool:
    """`*` stands for anything, a `$` at the end for the end; `path` is unquoted."""
    ends = pattern.endswith("$")
    first, *others = (unquote(piece) for piece in pattern.removesuffix("$").split("*"))
    if not path.startswith(first):
        return False
    if not others:
        return not ends or path == first
    position = len(first)
    *between, last = others
    for piece in between:
        found = path.find(piece, position)
        if found < 0:
            return False
        position = found + len(piece)
    return path.endswith(last) and len(path) - len(last) >= position if ends else path.find(last, position) >= 0
