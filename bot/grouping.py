"""Questions that ask the same, put together by their vectors."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from bot.state.report import AskedQuestion
from index.embedding import Embedder
from retrieval.followup import meant

SAME, SAME_ACROSS = 0.945, 0.9
"""Cosines from which on two questions of one language, or of two, ask the same.

Chosen and measured by python -m benchmarks.same_question; docs/evaluation.md has the figures.
"""

_SAYS_ENOUGH = 2
"""Words that carry meaning."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Group:
    """Questions that ask the same, newest first."""

    questions: tuple[AskedQuestion, ...]

    @property
    def unanswered(self) -> int:
        """How often the articles didn't say it."""
        return sum(question.verdict == "nothing" for question in self.questions)

    @property
    def disliked(self) -> int:
        """How many didn't like an answer."""
        return sum(question.bad for question in self.questions)

    @property
    def weight(self) -> tuple[int, int]:
        """What puts it before others: trouble first, then number."""
        return self.unanswered + 2 * self.disliked, len(self.questions)


def grouped(questions: Sequence[AskedQuestion], embedder: Embedder) -> list[Group]:
    """Unanswered and disliked ones first; each question is in the group whose newest asks the same."""
    if not questions:
        return []
    readings = embedder.read_questions([_asked(question) for question in questions])
    vectors = np.stack([reading.vector for reading in readings])
    languages = np.array([question.language for question in questions])
    firsts: list[int] = []
    members: list[list[AskedQuestion]] = []
    for number, question in enumerate(questions):
        needed = np.where(languages[firsts] == question.language, SAME, SAME_ACROSS)
        beyond = vectors[firsts] @ vectors[number] - needed
        if firsts and beyond.max() >= 0:
            members[int(beyond.argmax())].append(question)
        else:
            firsts.append(number)
            members.append([question])
    groups = [Group(questions=tuple(group)) for group in members]
    return sorted(groups, key=lambda group: (tuple(-part for part in group.weight), -group.questions[0].turn))


def _asked(question: AskedQuestion) -> str:
    """Its own words; one that says little by itself, such as "when?", is told by what it followed."""
    return question.text if meant(question.text, question.language) >= _SAYS_ENOUGH else question.searched
