"""A conversation in the terminal, or in a pipe."""

import re
import sys
from collections import deque
from collections.abc import Callable, Iterator
from functools import partial
from importlib.util import find_spec

from rich.console import Console

from bot.console import show_answer, show_quote
from bot.i18n import Texts, texts_for
from index.language import ASKED, detect
from retrieval.answer import Quote
from retrieval.answerer import Answerer
from retrieval.followup import LAST
from retrieval.question import Turn
from retrieval.smalltalk import small_talk

_WELCOME = "Ask about the articles; + shows the next quote, /new starts over, exit ends."
_MORE, _NEW, _ENDS = "+", "/new", {"exit", "quit", "/exit", "/quit"}
_COMMAND = re.compile(r"/\w+(\s|$)")
_PROMPT = "[bold cyan]›[/] "
_STYLE = re.compile(r"(\x1b\[[\d;]*m)")
_STARTED_OVER = "What was asked before is forgotten."
_NO_MORE = "That was all."


def converse(console: Console, answerer: Answerer) -> None:
    """Until `exit`, the end of input or Ctrl-C."""
    if console.is_terminal:
        console.print(_WELCOME, style="dim", highlight=False)
    try:
        more: Iterator[Quote] = iter(())
        texts = texts_for()
        turns: deque[Turn] = deque(maxlen=LAST)
        for text in _lines(console):
            said = text.strip().casefold()
            if said in _ENDS:
                break
            if said == _MORE:
                _show_next(console, more, texts)
            elif said == _NEW:
                more = iter(())
                turns.clear()
                console.print(_STARTED_OVER)
            elif _COMMAND.match(said):
                console.print(_WELCOME, style="dim", highlight=False)
            elif kind := small_talk(text):
                console.print(texts_for(detect(text, among=ASKED))(kind))
            else:
                answer = answerer(text, turns=tuple(turns))
                turns.append(answer.turn())
                show_answer(console, answer)
                texts = texts_for(answer.question.language)
                more = iter(answer.quotes[1:])
    except KeyboardInterrupt:
        pass
    if console.is_terminal:
        console.print()


def _show_next(console: Console, quotes: Iterator[Quote], texts: Texts) -> None:
    quote = next(quotes, None)
    if quote is None:
        console.print(_NO_MORE)
    else:
        show_quote(console, quote, texts)


def _lines(console: Console) -> Iterator[str]:
    if not sys.stdin.isatty():
        yield from sys.stdin
        return
    ask = _editing(console) if console.is_terminal and find_spec("readline") else partial(console.input, _PROMPT)
    while True:
        console.print()
        try:
            yield ask()
        except EOFError:
            return


def _editing(console: Console) -> Callable[[], str]:
    """Asks for a line that can be edited, and brought back until the conversation ends; it is written nowhere."""
    import readline  # noqa: F401 - from here on input() does it

    with console.capture() as prompt:
        console.print(_PROMPT, end="")
    return partial(input, _STYLE.sub("\001\\1\002", prompt.get()))  # what is between these two takes no width
