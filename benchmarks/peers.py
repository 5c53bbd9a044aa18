"""Compares Citabot with other libraries: the same weights, passages, questions and machine, in one run."""

import json
import sys
import tempfile
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.progress import track

from benchmarks.peer_figures import Run, show
from benchmarks.peer_process import Side, started
from benchmarks.peer_side import ENGINES
from index.article import Article, Passage, Span
from index.bundled_model import model_folder
from index.local.library import LocalShelf
from retrieval.evaluation.questions import AskedQuestion, QuestionsUnreadable, read_questions

CITABOT = "Citabot"
TURN = 20
"""Questions that one library is asked before the next has its turn, so that a busy moment hits them all."""
HERE = Path(__file__).parent
INSTALL = f"pip install torch==2.13.0 && pip install -r {HERE.name}/peers-requirements.txt"


class WrongUse(Exception):
    """Something that was named is not there; the text says what to do."""


def compare(
    articles: Path, questions: Sequence[AskedQuestion], python: str, *, only: Sequence[str], console: Console
) -> tuple[list[Run], int]:
    """A run of each library that is there, and how many passages there are."""
    with ExitStack() as opened:
        folder = Path(opened.enter_context(tempfile.TemporaryDirectory()))
        ours = [sys.executable, "-m", "benchmarks.citabot_side", str(articles.resolve()), str(folder / "library")]
        sides = {CITABOT: opened.enter_context(started(ours))}
        sides[CITABOT].heard()
        console.print(f"{CITABOT} indexes …")
        runs = [Run(name=CITABOT, indexing=sides[CITABOT].told(index=_written(folder / "texts.json", []))["seconds"])]
        passages = _passages(folder / "library")
        texts = _written(folder / "texts.json", [passage.text.strip() for passage in passages])
        for name in only:
            side = opened.enter_context(started([python, str(HERE / "peer_side.py"), name, str(model_folder())]))
            if absent := side.heard().get("absent"):
                console.print(f"{name} is absent ({absent}). In the environment of {python}: {INSTALL}", soft_wrap=True)
                continue
            console.print(f"{name} indexes …")
            runs.append(Run(name=name, indexing=side.told(index=texts)["seconds"]))
            sides[name] = side
        _ask_all(questions, passages, runs, sides, console)
    return runs, len(passages)


def _ask_all(
    questions: Sequence[AskedQuestion],
    passages: Sequence[Passage],
    runs: Sequence[Run],
    sides: dict[str, Side],
    console: Console,
) -> None:
    articles = {passage.article.id: passage.article for passage in passages}
    for side in sides.values():
        side.told(question=questions[0].text)
    turns = range(0, len(questions), TURN)
    for at in track(turns, "Asking", console=console, transient=True, disable=not console.is_terminal):
        for run in runs:
            for question in questions[at : at + TURN]:
                reply = sides[run.name].told(question=question.text)
                run.milliseconds.append(1000 * reply["seconds"])
                run.peak_mb = reply["peak_mb"]
                places = [_place(found, passages, articles) for found in reply["found"]]
                held = [question.answered_by(*place) for place in places]
                run.ranks.setdefault(question.language, []).append(held.index(True) + 1 if True in held else 0)


def _place(found: Any, passages: Sequence[Passage], articles: dict[str, Article]) -> tuple[Article, Span]:
    if isinstance(found, int):
        return passages[found].article, passages[found].span
    article, start, end = found
    return articles[article], Span(start, end)


def _passages(library: Path) -> list[Passage]:
    """All of a library that was just made."""
    shelf = LocalShelf(library)
    current = shelf.current()
    count = sum(article.passages for article in current.articles())
    passages = current.passages(range(1, count + 1))
    shelf.close()
    return passages


def _written(path: Path, texts: Sequence[str]) -> str:
    path.write_text(json.dumps(texts), encoding="utf-8")
    return str(path)


def _spread(questions: Sequence[AskedQuestion], limit: int) -> list[AskedQuestion]:
    """At most `limit` of the answerable ones, from all over the list."""
    answerable = [question for question in questions if question.answerable]
    count = min(limit, len(answerable)) if limit else len(answerable)
    return [answerable[place * len(answerable) // count] for place in range(count)]


def main(
    articles: Annotated[Path, typer.Argument(help="Articles, as `citabot index` takes them.")],
    questions: Annotated[list[Path], typer.Argument(help="Files of questions about them.")],
    python: Annotated[Path, typer.Option(help="Python of the environment with the peers.")],
    limit: Annotated[int, typer.Option(min=0, help="Questions of each file; 0 for all.")] = 300,
    only: Annotated[list[str] | None, typer.Option(help=f"Peers: {', '.join(ENGINES)}.")] = None,
    record: Annotated[Path | None, typer.Option("--json", help="Write the figures there.")] = None,
) -> None:
    """Compare speed, memory and what is found first."""
    told = Console(stderr=True)
    try:
        asked = [question for path in questions for question in _spread(read_questions(path), limit)]
        if not asked:
            raise WrongUse("None of the questions has an answer: there is nothing to find.")
        if not python.exists():
            raise WrongUse(f"There is no {python}. python3 -m venv peers, then in it {INSTALL}")
        for name in only or ():
            if name not in ENGINES:
                raise WrongUse(f"There is no peer {name!r}: {', '.join(ENGINES)}")
    except (QuestionsUnreadable, WrongUse) as error:
        told.print(str(error), soft_wrap=True, markup=False, highlight=False)
        raise typer.Exit(2) from error
    runs, passages = compare(articles, asked, str(python), only=only or list(ENGINES), console=told)
    figures = show(runs, passages, console=Console(width=None if sys.stdout.isatty() else 160))
    if record:
        record.write_text(json.dumps(figures, indent=1), encoding="utf-8")


if __name__ == "__main__":
    typer.run(main)
