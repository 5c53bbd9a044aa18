"""What a line of `citabot answer` asks."""

import json
from dataclasses import dataclass
from typing import Any

_BYTE_ORDER_MARK = "\ufeff"


class NotAsked(ValueError):
    """A line is no question, or what it says was asked before isn't; the text shows what one looks like."""


@dataclass(frozen=True, kw_only=True, slots=True)
class AskedLine:
    """A question as a program asks it."""

    id: Any
    """Whatever the program calls it by."""
    question: str
    history: tuple[str, ...] = ()
    """Questions that were asked before it, oldest first."""


def asked_in(line: str, number: int) -> AskedLine:
    """What line `number` of stdin asks; raises NotAsked."""
    try:
        asked = json.loads(line.removeprefix(_BYTE_ORDER_MARK))
    except (ValueError, RecursionError):
        asked = None
    if not isinstance(asked, dict) or not isinstance(asked.get("question"), str):
        raise NotAsked(f'Line {number} of stdin is not a question such as {{"id": "1", "question": "…"}}.')
    history = _questions(asked.get("history"))
    if history is None:
        raise NotAsked(
            f'The history in line {number} of stdin is not a list of earlier questions such as ["…", "…"] '
            'or [{"question": "…"}].'
        )
    return AskedLine(id=asked.get("id"), question=asked["question"], history=history)


def _questions(history: Any) -> tuple[str, ...] | None:
    """None for what is no history."""
    turns = [] if history is None else history
    if not isinstance(turns, list):
        return None
    questions = [turn.get("question") if isinstance(turn, dict) else turn for turn in turns]
    kept = tuple(question for question in questions if isinstance(question, str))
    return kept if len(kept) == len(questions) else None
