"""Answers, outcomes and progress in the terminal: rich where somebody looks, plain text in a pipe."""

import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
from rich.progress import Progress as Bars
from rich.text import Text

from bot.elsewhere import Elsewhere, elsewhere, words_of
from bot.filing import hashed
from bot.filing import told as told_filter
from bot.i18n import Texts, texts_for
from index.indexer import Outcome
from index.library_writer import Withheld
from index.plan import Plan
from index.progress import Progress, Report, Step
from index.vanishing import told
from retrieval.answer import Answer, Quote

STEPS = {
    "gathering": "Gathering pages",
    "model": "Preparing the model",
    "reading": "Reading articles",
    "embedding": "Embedding",
    "asking": "Asking the questions",
    "publishing": "Publishing",
}
CONTROLS = {code: " " for code in (*range(32), *range(127, 160)) if chr(code) not in "\t\n"}
"""What a terminal might obey; character for character, so that marks stay where they are."""
_LISTED = 50
"""Lines about what was skipped."""
_PAUSE = 30.0
"""Seconds before anything is told of progress in a pipe or a log, and between two lines of one step."""


def say(console: Console, line: str, *, style: str = "") -> None:
    """A line, of which a terminal obeys nothing."""
    console.print(Text(line.translate(CONTROLS), style=style), soft_wrap=True)


def tell(console: Console, text: Text) -> None:
    """Broken between words where somebody looks, one line in a pipe."""
    console.print(text, soft_wrap=not console.is_terminal)


def show_answer(console: Console, answer: Answer, *, shown: int = 1) -> None:
    """The first `shown` quotes, each with its source, and beneath the first what other articles say.

    What is said about them is in the question's language, where the bot speaks it. In a pipe asterisks mark the
    sentence, and underscores in it the words that answer.
    """
    texts = texts_for(answer.question.language)
    for heading in _headings(answer, texts):
        tell(console, Text(heading.translate(CONTROLS), style="italic"))
    for number, quote in enumerate(answer.quotes[:shown], start=1):
        show_quote(console, quote, texts)
        if number == 1:
            _show_elsewhere(console, elsewhere(answer), texts)


def show_quote(console: Console, quote: Quote, texts: Texts) -> None:
    """One quote and its source."""
    if console.is_terminal:
        console.print()
        console.print(_ruled(quote, console), crop=False)  # a mark may begin within a flag, which is wider in two
    else:
        console.file.write(f"{_starred(quote)}\n")
    tell(console, Text(_source(quote, texts), style="dim"))


def _headings(answer: Answer, texts: Texts) -> Iterator[str]:
    if answer.unfiled:
        yield texts("no-such-tag", tags=hashed(answer.unfiled))
    if answer.verdict == "unsure":
        yield texts("unsure")
    elif answer.verdict == "nothing" or not answer.quotes:
        yield f"{texts('nothing')} {texts('nearest-heading')}" if answer.quotes else texts("nothing")
    if answer.narrowed:
        yield texts("among", filter=told_filter(answer.narrowed))


def _ruled(quote: Quote, console: Console) -> Text:
    text = Text(quote.text.translate(CONTROLS))
    for mark in quote.highlights:
        text.stylize("bold", mark.start - quote.span.start, mark.end - quote.span.start)
    for word in quote.words:
        text.stylize("underline", word.start - quote.span.start, word.end - quote.span.start)
    lines = text.wrap(console, max(20, console.width - 4))
    return Text("\n").join(Text.assemble(("│ ", "cyan"), line) for line in lines)


def _starred(quote: Quote) -> str:
    whole = quote.article.text.translate(CONTROLS)
    signs = sorted(
        [(word.end, 1, "__") for word in quote.words]
        + [(mark.end, 2, "**") for mark in quote.highlights]
        + [(mark.start, 3, "**") for mark in quote.highlights]
        + [(word.start, 4, "__") for word in quote.words]
    )  # where some stand together, what is inside ends first and begins last
    pieces, at = [], quote.span.start
    for place, _, sign in signs:
        pieces += [whole[at:place], sign]
        at = place
    return "".join([*pieces, whole[at : quote.span.end]])


def _source(quote: Quote, texts: Texts) -> str:
    article = quote.article
    published = article.published.isoformat() if isinstance(article.published, date) else None
    paged = article.page_at((*quote.highlights, quote.span)[0].start)
    place, places = paged or quote.paragraph
    where = texts("page-place" if paged else "paragraph-place", place=place, places=places)
    return " · ".join(part for part in (article.title, article.author, published, where) if part).translate(CONTROLS)


def _show_elsewhere(console: Console, others: Elsewhere, texts: Texts) -> None:
    if others.same:
        several = texts("same-in-others", articles=len(others.same))
        same = several if len(others.same) > 1 else f"{texts('same-in')} {others.same[0].article.title}"
        tell(console, Text(same.translate(CONTROLS), style="dim"))
    if others.different:
        tell(console, Text(texts("others-say"), style="dim"))
    for quote in others.different:
        said = f"• {words_of(quote)}".translate(CONTROLS)
        tell(console, Text.assemble(said, (f" — {_dated_title(quote)}", "dim")))


def _dated_title(quote: Quote) -> str:
    published = quote.article.published
    dated = f" · {published.isoformat()}" if published else ""
    return f"{quote.article.title}{dated}".translate(CONTROLS)


def show_outcome(console: Console, outcome: Outcome) -> None:
    """What an indexing run did, and what it left out."""
    counts = (
        f"{outcome.added} added, {outcome.changed} changed, {outcome.removed} removed, "
        f"{outcome.unchanged} unchanged, {len(outcome.skipped)} skipped"
    )
    withheld = f", {outcome.withheld} withheld" if outcome.withheld else ""
    console.print(f"{counts}{withheld} in {outcome.seconds:.1f} s", highlight=False, soft_wrap=True)
    _show_some(console, [f"skipped {skipped.source}: {skipped.reason}" for skipped in outcome.skipped])


def show_plan(console: Console, plan: Plan) -> None:
    """What indexing would do: every change, and what would be left out."""
    counts = ", ".join(
        [
            *(f"{plan.count(kind)} {kind}" for kind in ("added", "changed", "removed")),
            f"{plan.unchanged} unchanged",
            f"{len(plan.skipped)} skipped",
            *([f"{plan.withheld} withheld"] if plan.withheld else []),
        ]
    )
    console.print(f"Nothing was written. It would be: {counts}", highlight=False, soft_wrap=True)
    for change in plan.changes:
        was = f", was {change.was}" if change.was else ""
        _show_line(console, f"{change.kind} {change.id}: {change.title} ({change.file}{was})")
    _show_some(console, [f"skipped {skipped.source}: {skipped.reason}" for skipped in plan.skipped])
    if plan.vanishing:
        say(console, f"citabot index would stop and ask: {told(plan.vanishing)}")


def show_withheld(console: Console, withheld: Sequence[Withheld]) -> None:
    """Those that were taken out, with their ids and since when."""
    console.print(f"{len(withheld)} withheld", highlight=False)
    for article in withheld:
        _show_line(console, f"{article.article}: {article.title} (since {article.since:%Y-%m-%d})")


def _show_some(console: Console, lines: Sequence[str]) -> None:
    for line in lines[:_LISTED]:
        _show_line(console, line)
    if len(lines) > _LISTED:
        _show_line(console, f"… and {len(lines) - _LISTED} more")


def _show_line(console: Console, line: str) -> None:
    console.print(Text(f"  {line}".translate(CONTROLS)), soft_wrap=True)


@contextmanager
def progress_bars(console: Console) -> Iterator[Report]:
    """A bar for each step, as it begins; in a pipe or a log now and then a line, and none where it is soon over."""
    if not console.is_terminal:
        yield _PacedLines(console)
        return
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Bars(*columns, console=console, transient=True) as bars:
        tasks = {step: bars.add_task(name, visible=False) for step, name in STEPS.items()}

        def report(progress: Progress) -> None:
            bars.update(tasks[progress.step], completed=progress.done, total=progress.total or None, visible=True)

        yield report


class _PacedLines:
    """A Report for whoever waits without a terminal: a line for each step, and more of them where one takes long."""

    def __init__(self, console: Console) -> None:
        self._console = console
        self._began = self._told = time.monotonic()
        self._step: Step | None = None

    def __call__(self, progress: Progress) -> None:
        now = time.monotonic()
        due = progress.step != self._step or now - self._told >= _PAUSE
        over = progress.done == progress.total > 0
        if due and not over and now - self._began >= _PAUSE:
            self._step, self._told = progress.step, now
            counted = f": {progress.done:,} of {progress.total:,}" if progress.total > 1 else ""
            say(self._console, f"{STEPS[progress.step]}{counted}")
