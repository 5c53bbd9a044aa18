"""What is about to be published is looked at before anybody else sees it, and may be refused."""

import json
from pathlib import Path

import pytest

from index.golden import AnswersFell, Fall, Fallen, without_private
from index.indexer import index_sources
from index.library import ReadableLibrary
from index.local.library import LocalLibrary
from index.local.runs import newest_runs
from index.local.writer import LocalLibraryWriter
from index.progress import Progress, Report
from index.runs import recorded
from tests.fakes import HashingEmbedder, RecordingEmbedder
from tests.index.conftest import RunIndexer
from tests.index.found import found_in, texts_in

QUESTION = HashingEmbedder().read_question("la nave entra in porto").vector
TERMS = ("nav", "port", "far", "accend")
FALL = Fall(count=1, right=1, fallen=(Fallen(id="q", question="Dov'è la nave?"),))


def write(folder: Path, **articles: str) -> None:
    for name, text in articles.items():
        line = {"id": name, "title": name, "lang": "it", "text": text}
        (folder / f"{name}.jsonl").write_text(json.dumps(line))


def seen_in(library: ReadableLibrary) -> object:
    """All that search asks a library for."""
    ids = [neighbour.id for neighbour in library.nearest(QUESTION, 100)]
    return (
        library.generation,
        library.nearest(QUESTION, 100),
        library.matching(TERMS, 100),
        library.found_in(TERMS),
        library.terms_from("n"),
        library.summaries(ids),
        [(passage.article, passage.span) for passage in library.passages(ids)],
        {id_: tokens.signs.tolist() for id_, tokens in library.tokens(ids).items()},
        list(library.articles()),
        dict(library.languages),
    )


class Looking:
    """Remembers what it was shown, and refuses it."""

    def __init__(self, *, refuse: bool = False) -> None:
        self.seen: list[object] = []
        self._refuse = refuse

    def __call__(self, candidate: ReadableLibrary, report: Report) -> None:
        report(Progress(step="asking", done=1, total=1))
        self.seen.append(seen_in(candidate))
        if self._refuse:
            raise AnswersFell(FALL)


@pytest.fixture
def changed(articles: Path, run_indexer: RunIndexer) -> Path:
    """Indexed, and then an article changed, one added, one taken out."""
    write(articles, nave="La nave entra in porto.", faro="Il faro è spento.", rete="La rete è piena.")
    run_indexer()
    write(articles, nave="La nave esce dal porto. Nessuno lo sa.", molo="Il molo è lungo. Il porto accende le luci.")
    (articles / "rete.jsonl").unlink()
    return articles


def test_what_is_checked_answers_as_it_will_when_it_is_published(
    changed: Path, library: Path, run_indexer: RunIndexer
) -> None:
    check, before = Looking(), seen_in(LocalLibrary(library))
    assert run_indexer(check=check).generation == 2
    (seen,) = check.seen
    assert seen == seen_in(LocalLibrary(library)) != before


def test_what_is_refused_is_not_published_and_costs_no_embedding_when_it_is_published_after_all(
    changed: Path, library: Path, run_indexer: RunIndexer
) -> None:
    before = found_in(library)
    with LocalLibraryWriter(library) as writer, pytest.raises(AnswersFell, match=r"--even-if-answers-fell$"):
        recorded(
            writer,
            "index",
            lambda: index_sources([changed], writer=writer, embedder=HashingEmbedder(), check=Looking(refuse=True)),
            by="test",
        )
    assert found_in(library) == before
    assert [path.name for path in library.glob("vectors*")] == ["vectors-1"]
    (run,) = newest_runs(library, 5)
    assert (run.settled.ended, run.before, run.after) == ("refused", 1, 1)
    assert run.settled.why.startswith(
        "1 of 1 questions that are answered rightly would be answered no more: q (Dov'è la nave?). Nothing was"
    )
    embedder = RecordingEmbedder()
    assert run_indexer(embedder=embedder).generation == 2
    assert embedder.embedded == []
    assert texts_in(library)["nave"] == "La nave esce dal porto. Nessuno lo sa."


def test_the_questions_come_before_the_last_word_that_it_is_being_published(
    changed: Path, run_indexer: RunIndexer
) -> None:
    reported: list[Progress] = []
    run_indexer(check=Looking(), report=reported.append)
    steps = [(progress.step, progress.done) for progress in reported if progress.step in ("asking", "publishing")]
    assert steps == [("publishing", 0), ("asking", 1), ("publishing", 0), ("publishing", 1)]


def test_nothing_is_asked_where_there_is_nothing_to_compare(
    articles: Path, library: Path, run_indexer: RunIndexer
) -> None:
    check = Looking(refuse=True)
    write(articles, nave="La nave entra in porto.")
    assert run_indexer(check=check).generation == 1, "there was no generation before"
    assert run_indexer(check=check).generation is None, "nothing has changed"
    (articles / "note.txt").write_text("")
    assert run_indexer(check=check).generation == 2, "no article has changed"
    other = HashingEmbedder("other/1")
    assert run_indexer(check=check, embedder=other, rebuild=True).generation == 3, "the one before is another model's"
    assert check.seen == []


def test_questions_of_readers_are_counted_but_on_no_record() -> None:
    fallen = (Fallen(id="reader-7", question="Wo ist Anna?", private=True), Fallen(id="q1", question="Where?" * 20))
    fall = Fall(count=2, right=9, fallen=fallen)
    assert str(AnswersFell(fall)).startswith(
        f"2 of 9 questions that are answered rightly would be answered no more: q1 ({('Where?' * 20)[:59]}…), 1 more. "
    )
    assert without_private(fall) == Fall(count=2, right=9, fallen=fallen[1:])
    only = Fall(count=1, right=9, fallen=fallen[:1])
    assert "answered no more: all of them readers' own. " in str(AnswersFell(only))
