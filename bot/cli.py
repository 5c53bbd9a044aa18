"""The command line; see `citabot --help`."""

import json
import sys
from contextlib import suppress
from io import StringIO, TextIOWrapper
from typing import Annotated, NoReturn

import typer
from rich.console import Console

from bot import condition, wiring
from bot.asked import NotAsked, asked_in
from bot.chat import converse
from bot.cli_desk import opened_desk
from bot.cli_evaluate import evaluate
from bot.cli_library import index, remove, restore
from bot.cli_moving import export, import_
from bot.cli_record import log, rollback
from bot.cli_settings import Library, fail, settings_of
from bot.cli_sources import sources
from bot.console import progress_bars, say, show_answer, show_outcome
from bot.console_record import still_back, still_imported, still_of_others
from bot.logs import begin_log
from bot.settings import Settings
from index.errors import LibraryBusy, NoRoom, SourceMissing
from index.golden import AnswersFell, GoldenUnusable
from index.vanishing import MostAreGone
from retrieval.answerer import QUOTES
from retrieval.confidence import calibration_of

app = typer.Typer(
    help="Answers questions about your articles by quoting them.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
for command in (index, remove, restore, rollback, log, export, evaluate):
    app.command()(command)
app.command("import")(import_)
app.add_typer(sources, name="sources")


def _tell_version(wanted: bool) -> None:
    if wanted:
        from importlib.metadata import version

        print(f"citabot {version('citabot')}")
        raise typer.Exit


@app.callback()
def _before_any_command(
    version: Annotated[
        bool, typer.Option("--version", callback=_tell_version, is_eager=True, help="Say which version this is.")
    ] = False,
) -> None:
    """Typer asks for options of no command here."""


def main() -> None:
    """Run the command line; bytes that are no text stop it neither coming in nor going out."""
    sys.stdin = sys.stdin or StringIO()  # None where it was closed
    for stream, errors in ((sys.stdin, "replace"), (sys.stdout, "backslashreplace")):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors=errors)
    try:
        app()
    except OSError as error:
        _unsaid(error, None)
    except SystemExit as ended:
        if isinstance(ended.__context__, BrokenPipeError):  # which Typer and Rich end with code 1
            _unsaid(ended.__context__, ended.code)
        try:
            if sys.stdout:
                sys.stdout.flush()
        except OSError as error:
            _unsaid(error, ended.code)
        raise


def _unsaid(error: OSError, code: object) -> NoReturn:
    """Ends where what was printed can't be written, which is said, unless something was by then or nobody looks."""
    with suppress(OSError, AttributeError):
        sys.stdout.close()
    if code != 2 and not isinstance(error, BrokenPipeError):
        print(error, file=sys.stderr)
    sys.exit(2)


def _index_if_stale(settings: Settings) -> None:
    """Where that can't be, or isn't wanted, whatever was published answers as it is, which is said."""
    console = Console(stderr=True)
    try:
        if condition.library_is_stale(settings):
            with progress_bars(console) as report:
                outcome = wiring.run_indexer(settings, report=report, by="start")
            show_outcome(console, outcome)
        elif generation := condition.gone_back_to(settings):
            say(console, still_back(generation))
        elif condition.is_imported(settings):
            say(console, still_imported())
        elif condition.is_made_of_others(settings):
            say(console, still_of_others(settings.citabot_articles))
    except (AnswersFell, GoldenUnusable, LibraryBusy, MostAreGone, NoRoom, SourceMissing) as error:
        if not condition.has_library(settings):
            raise
        say(console, str(error), style="yellow")


@app.command()
def ask(
    question: str,
    library: Library = None,
    quotes: Annotated[int, typer.Option(min=1, max=QUOTES, help="Quotes to show.")] = 1,
    as_json: Annotated[bool, typer.Option("--json", help="Print the answer as JSON.")] = False,
) -> None:
    """Answer one question; exit code 1 when the articles don't say."""
    with settings_of(library) as settings, opened_desk(settings) as desk:
        answer = desk.answerer(question)
        if as_json:
            print(json.dumps(answer.as_json(), ensure_ascii=False))
        else:
            show_answer(Console(), answer, shown=quotes)
        if answer.verdict == "nothing":
            raise typer.Exit(1)


@app.command()
def chat(library: Library = None) -> None:
    """Ask in a conversation; indexes first when the articles have changed."""
    with settings_of(library) as settings:
        _index_if_stale(settings)
        with opened_desk(settings) as desk:
            converse(Console(), desk.answerer)


@app.command()
def answer(
    library: Library = None,
    quotes: Annotated[int, typer.Option(min=1, max=100, help="Quotes for each question.")] = QUOTES,
) -> None:
    """Questions as JSON lines on stdin, answers as JSON lines on stdout, in the same order."""
    with settings_of(library) as settings, opened_desk(settings) as desk:
        for number, line in enumerate(sys.stdin, start=1):
            if line.strip():
                try:
                    asked = asked_in(line, number)
                except NotAsked as error:
                    fail(error)
                turns = desk.answerer.turns_of(asked.history)
                found = desk.answerer(asked.question, quotes=quotes, plain=True, turns=turns).as_json()
                print(json.dumps({"id": asked.id} | found, ensure_ascii=False), flush=True)


@app.command()
def bot(library: Library = None) -> None:
    """Run the Telegram bot until Ctrl-C or SIGTERM; indexes first when the articles have changed."""
    from bot.state.store import StateUnusable
    from bot.telegram import BotFailed, TelegramBot, token_of

    with settings_of(library) as settings:
        try:
            begin_log(settings.citabot_log_level, secret=token_of(settings))
            _index_if_stale(settings)
            with opened_desk(settings) as desk:
                TelegramBot(settings, desk).run()
        except (BotFailed, StateUnusable) as error:
            fail(error)


@app.command()
def check(library: Library = None) -> None:
    """Say what is wrong with settings, model and library, and how to mend it."""
    from bot.console_sources import show_checked
    from bot.gathering import sources_in
    from bot.remarks import remarks_on, wrong_token

    with settings_of(library) as settings:
        for remark in remarks_on(settings) or ["fine"]:
            print(f"settings   {remark}")
        set_or_not = "set" if settings.telegram_bot_token else "not set: the bot needs TELEGRAM_BOT_TOKEN"
        print(f"token      {wrong_token(settings) or set_or_not}")
        sources = sources_in(settings)
        show_checked(Console(), sources.all(), sources.damaged())
        with opened_desk(settings) as desk:
            found = desk.answerer("?")
            backend = wiring.embedder_of(settings).backend
            model = f"{settings.citabot_embedding_model} on {backend}"
            print(f"model      fine ({model}, {found.timings_ms['embed']:.0f} ms)")
            reading = f"fine ({found.timings_ms['read']:.0f} ms)" if settings.citabot_reader else "off"
            print(f"reader     {reading}")
            print(f"library    fine ({settings.citabot_library})")
            if calibration_of(desk.shelf.current(), read=desk.settings.citabot_reader) is None:
                print("confidence not measured for this model, so verdicts are rough: docs/evaluation.md, Calibrating")
        if wrong_token(settings):
            raise typer.Exit(2)
