"""Dialogues whose answers are known: whether follow-ups are understood, and a change of subject is let go."""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from retrieval.answer import Answer
from retrieval.answerer import Answerer
from retrieval.evaluation.measuring import DEPTH
from retrieval.evaluation.questions import AskedQuestion, Line, Part, QuestionsUnreadable, made_of
from retrieval.question import Place, Turn

Kind = Literal["first questions", "follow-ups", "subject changes"]

FORM = 'a line looks like {"id": "1", "turns": [{"question": "…", "article": "…", "answers": ["…"]}, …]}'


@dataclass(frozen=True, kw_only=True, slots=True)
class Dialogue:
    """Questions that somebody asks one after the other."""

    id: str
    turns: tuple[AskedQuestion, ...]

    def kinds(self) -> Iterator[Kind]:
        """Of each turn: one about another article than the turn before it changes the subject."""
        yield "first questions"
        for before, now in zip(self.turns, self.turns[1:], strict=False):
            yield "subject changes" if before.articles.isdisjoint(now.articles) else "follow-ups"


@dataclass(frozen=True, kw_only=True, slots=True)
class TurnOutcome:
    """What came of one turn, asked after the turns before it and asked alone."""

    id: str
    """The dialogue's, and the turn's number from one."""
    question: str
    searched: str
    """What the turns before made of it."""
    kind: Kind
    answered: bool
    """The first quote holds the answer."""
    answered_after_right: bool
    """The same, where every turn before was led to its answer: whoever asks on has seen it."""
    answered_alone: bool
    article: bool
    """The first quote is out of the right article."""
    article_alone: bool
    quoted: str = ""
    """The first quote, as `article[start:end]`."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Shares:
    """Of the turns of one kind."""

    questions: int
    answered: float
    answered_after_right: float
    answered_alone: float
    article: float
    article_alone: float


def are_dialogues(lines: Sequence[Line]) -> bool:
    """Whether the first line of a file has turns."""
    _place, line = lines[0]
    try:
        fields = json.loads(line.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        return False
    return isinstance(fields, dict) and "turns" in fields


def dialogues_in(lines: Iterable[Line]) -> list[Dialogue]:
    """One a line of JSON; what stands there twice counts once. Raises QuestionsUnreadable."""
    dialogues = [_dialogue(line, place) for place, line in lines]
    return list({(each.id, *(turn.text for turn in each.turns)): each for each in dialogues}.values())


def every_second(dialogues: Sequence[Dialogue], part: Part) -> list[Dialogue]:
    """The first, third, fifth … dialogue is for tuning, the others for reporting."""
    return list(dialogues[0 if part == "tuning" else 1 :: 2])


def measure_dialogues(
    dialogues: Iterable[Dialogue], answerer: Answerer, report: Callable[[int], None]
) -> list[TurnOutcome]:
    """Hold every dialogue, and ask each of its questions alone as well; `report` is told how many are done."""
    outcomes: list[TurnOutcome] = []
    for done, dialogue in enumerate(dialogues, start=1):
        turns: list[Turn] = []
        right: list[Turn] = []
        for number, (question, kind) in enumerate(zip(dialogue.turns, dialogue.kinds(), strict=True), start=1):
            answer = answerer(question.text, turns=turns)
            after_right = answerer(question.text, turns=right, quotes=DEPTH)
            alone = answerer(question.text)
            turns.append(answer.turn())
            right.append(_led(question, after_right))
            outcomes.append(_outcome(f"{dialogue.id}.{number}", kind, question, answer, after_right, alone))
        report(done)
    return outcomes


def shares(outcomes: Sequence[TurnOutcome]) -> Mapping[Kind, Shares]:
    """By kind; kinds that don't come up are left out."""
    found: dict[Kind, Shares] = {}
    kinds: tuple[Kind, ...] = ("first questions", "follow-ups", "subject changes")
    for kind in kinds:
        if some := [outcome for outcome in outcomes if outcome.kind == kind]:
            found[kind] = Shares(
                questions=len(some),
                answered=sum(outcome.answered for outcome in some) / len(some),
                answered_after_right=sum(outcome.answered_after_right for outcome in some) / len(some),
                answered_alone=sum(outcome.answered_alone for outcome in some) / len(some),
                article=sum(outcome.article for outcome in some) / len(some),
                article_alone=sum(outcome.article_alone for outcome in some) / len(some),
            )
    return found


def _led(question: AskedQuestion, answer: Answer) -> Turn:
    """The turn, as if the quote that holds the answer had come first."""
    holding = [quote for quote in answer.quotes if question.answered_by(quote.article, quote.span)]
    places = tuple(Place(article=quote.article.id, span=quote.span) for quote in holding[:1])
    return replace(answer.turn(), places=places or answer.turn().places[:1])


def _outcome(
    id_: str, kind: Kind, question: AskedQuestion, answer: Answer, after_right: Answer, alone: Answer
) -> TurnOutcome:
    first = answer.quotes[0] if answer.quotes else None
    return TurnOutcome(
        id=id_,
        question=question.text,
        searched=answer.question.searched,
        kind=kind,
        answered=_holds(question, answer),
        answered_after_right=_holds(question, after_right),
        answered_alone=_holds(question, alone),
        article=_named(question, answer),
        article_alone=_named(question, alone),
        quoted=f"{first.article.id}[{first.span.start}:{first.span.end}]" if first else "",
    )


def _holds(question: AskedQuestion, answer: Answer) -> bool:
    return any(question.answered_by(quote.article, quote.span) for quote in answer.quotes[:1])


def _named(question: AskedQuestion, answer: Answer) -> bool:
    return any(
        not question.articles.isdisjoint((quote.article.id, quote.article.source)) for quote in answer.quotes[:1]
    )


def _dialogue(line: bytes, place: str) -> Dialogue:
    try:
        fields = json.loads(line.decode("utf-8-sig"))
        id_, language = str(fields["id"]), fields.get("lang")
        turns = tuple(
            made_of({"id": f"{id_}.{number}", "lang": language} | turn)
            for number, turn in enumerate(fields["turns"], 1)
        )
        if not turns or not all(turn.answerable and turn.articles for turn in turns):
            raise ValueError("each turn says which article answers it")
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        why = f"{error} is missing" if isinstance(error, KeyError) else error
        raise QuestionsUnreadable(f"{place} is no dialogue ({why}); {FORM}") from error
    return Dialogue(id=id_, turns=turns)
