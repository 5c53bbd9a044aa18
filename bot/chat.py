"""A conversation in the terminal, or in a pipe."""

import os
import re
import sys
from collections import deque
from collections.abc import Callable, Iterator
from functools import partial
from importlib.util import find_spec

from rich.console import Console
from rich.text import Text

from bot.console import show_answer, show_quote, tell
from bot.i18n import Texts, texts_for
from index.language import ASKED, detect
from retrieval.answer import Quote
from retrieval.answerer import Answerer
from retrieval.followup import LAST
from retrieval.question import Turn
from retrieval.smalltalk import small_talk

_MORE, _NEW, _ENDS = "+", "/new", {"exit", "quit", "/exit", "/quit"}
_COMMAND = re.compile(r"/\w+(\s|$)")
_PROMPT = "[bold cyan]›[/] "
_LOCALES = ("LC_ALL", "LC_MESSAGES", "LANG")
"""Variables of the environment that tell the terminal's language; what is asked tells it better."""
_STYLE = re.compile(r"(\x1b\[[\d;]*m)")


def converse(console: Console, answerer: Answerer) -> None:
    """Until `exit`, the end of input or Ctrl-C."""
    texts = texts_for(*map(os.environ.get, _LOCALES))
    if console.is_terminal:
        tell(console, Text(texts("how-to-converse"), style="dim"))
    try:
        more: Iterator[Quote] = iter(())
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
                tell(console, Text(texts("begun-anew")))
            elif _COMMAND.match(said):
                tell(console, Text(texts("how-to-converse"), style="dim"))
            elif kind := small_talk(text):
                tell(console, Text(texts_for(detect(text, among=ASKED))(kind)))
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
        tell(console, Text(texts("no-more-quotes")))
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
