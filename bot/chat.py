"""A conversation in the terminal, or in a pipe."""

import sys
from collections.abc import Iterator

from rich.console import Console

from bot.console import show_answer
from retrieval.answerer import Answerer
from retrieval.smalltalk import small_talk

_WELCOME = "Ask about the articles; Ctrl-D ends."
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
        for text in _lines(console):
            kind = small_talk(text)
            if kind:
                console.print(_SMALL_TALK[kind])
            else:
                show_answer(console, answerer(text))
    except KeyboardInterrupt:
        pass
    if console.is_terminal:
        console.print()


def _lines(console: Console) -> Iterator[str]:
    if not sys.stdin.isatty():
        yield from sys.stdin
        return
    while True:
        try:
            yield console.input("\n[bold cyan]›[/] ")
        except EOFError:
            return
