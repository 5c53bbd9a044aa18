"""A conversation in the terminal, or in a pipe."""

import sys
from collections import deque
from collections.abc import Iterator

from rich.console import Console

from bot.console import show_answer, show_quote
from retrieval.answer import Quote, Turn
from retrieval.answerer import Answerer
from retrieval.followup import LAST
from retrieval.smalltalk import small_talk

_WELCOME = "Ask about the articles; + shows the next quote, /new starts over, Ctrl-D ends."
_MORE, _NEW = "+", "/new"
_STARTED_OVER = "What was asked before is forgotten."
_NO_MORE = "That was all."
_SMALL_TALK = {
    "greeting": "Hello! Ask me something about the articles.",
    "thanks": "You're welcome!",
    "empty": "Ask me something about the articles.",
}


def converse(console: Console, answerer: Answerer) -> None:
    """Until the end of input or Ctrl-C."""
    if console.is_terminal:
        console.print(_WELCOME, style="dim")
    try:
        more: Iterator[Quote] = iter(())
        turns: deque[Turn] = deque(maxlen=LAST)
        for text in _lines(console):
            if text.strip() == _MORE:
                _show_next(console, more)
            elif text.strip().casefold() == _NEW:
                more = iter(())
                turns.clear()
                console.print(_STARTED_OVER)
            elif kind := small_talk(text):
                console.print(_SMALL_TALK[kind])
            else:
                answer = answerer(text, turns=tuple(turns))
                turns.append(answer.turn())
                show_answer(console, answer)
                more = iter(answer.quotes[1:])
    except KeyboardInterrupt:
        pass
    if console.is_terminal:
        console.print()


def _show_next(console: Console, quotes: Iterator[Quote]) -> None:
    quote = next(quotes, None)
    if quote is None:
        console.print(_NO_MORE)
    else:
        show_quote(console, quote)


def _lines(console: Console) -> Iterator[str]:
    if not sys.stdin.isatty():
        yield from sys.stdin
        return
    while True:
        try:
            yield console.input("\n[bold cyan]›[/] ")
        except EOFError:
            return
