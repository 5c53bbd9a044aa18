"""Golden questions: what counts as right, which of them are asked, and when a fall is too deep; without the model."""

import json
from contextlib import closing
from pathlib import Path

import pytest

from bot.golden import GoldenCheck, question_files
from bot.state.opinions import Opinions
from bot.state.store import Store
from bot.state.turns import Asking, Turns
from index.golden import AnswersFell, Fall, Fallen, GoldenUnusable
from index.indexer import Outcome, index_sources
from index.local.library import LocalLibrary
from index.local.writer import LocalLibraryWriter
from index.progress import Progress, Report, silent
from retrieval.answerer import Answerer
from tests.bot.hashed import embedder, write

TEXTS = {
    "mill": "The mill grinds chestnuts in autumn.",
    "boat": "The boat leaves the harbour at six.",
    "bell": "The bell rings on Sundays at noon.",
}


@pytest.fixture
def articles(tmp_path: Path) -> Path:
    folder = tmp_path / "articles"
    folder.mkdir()
    write(folder / "a.jsonl", **TEXTS)
    return folder


@pytest.fixture
def library(tmp_path: Path, articles: Path) -> Path:
    folder = tmp_path / "library"
    indexed(folder, articles, limit=0)
    return folder


def indexed(library: Path, *sources: Path, limit: float, report: Report = silent) -> Outcome:
    check = GoldenCheck(
        library,
        sources,
        limit=limit,
        published=lambda: closing(LocalLibrary(library)),
        answerer_over=lambda current: Answerer(current, embedder()),
    )
    with LocalLibraryWriter(library) as writer:
        return index_sources(sources, writer=writer, embedder=embedder(), check=check, report=report)


def ask(folder: Path, *questions: dict[str, object]) -> None:
    lines = [json.dumps({"id": f"q{number}"} | question) for number, question in enumerate(questions, 1)]
    (folder / "questions.jsonl").write_text("\n".join(lines))


MILL = {"question": "What does the mill grind in autumn?", "article": "mill", "answers": ["chestnuts"]}
BOAT = {
    "question": "When does the boat leave the harbour?",
    "article": "boat",
    "answers": [{"text": "six", "start": 31}],
}
BELL = {"question": "When does the bell ring on Sundays?", "answers": ["noon"]}


def test_a_fall_beyond_the_limit_is_not_published_and_says_what_would_be_shown(articles: Path, library: Path) -> None:
    ask(articles, MILL, BOAT, BELL)
    write(articles / "a.jsonl", **TEXTS | {"mill": "This page could not be found."})
    with pytest.raises(AnswersFell) as refused:
        indexed(library, articles, limit=0.3)
    fall = refused.value.fall
    assert (fall.count, fall.right) == (1, 3)
    (fallen,) = fall.fallen
    assert (fallen.id, fallen.question, fallen.private) == ("q1", MILL["question"], False)
    assert LocalLibrary(library).generation == 1
    assert indexed(library, articles, limit=0.34).generation == 2


def test_a_limit_of_one_lets_everything_pass(articles: Path, library: Path) -> None:
    ask(articles, MILL)
    write(articles / "a.jsonl", **TEXTS | {"mill": "This page could not be found."})
    assert indexed(library, articles, limit=1).generation == 2


def test_what_was_not_answered_before_can_not_fall(articles: Path, library: Path) -> None:
    ask(articles, {"question": "Who owns the mill?", "article": "mill", "answers": ["Rosa"]}, BOAT)
    write(articles / "a.jsonl", **TEXTS | {"mill": "This page could not be found."})
    assert indexed(library, articles, limit=0).generation == 2


def test_questions_about_articles_that_were_taken_out_on_purpose_or_are_new_are_left_out(
    articles: Path, library: Path
) -> None:
    rye = {"question": "What is rye bread made of?", "article": "bread", "answers": ["rye"]}
    ask(articles, MILL, rye)
    texts = {"bread": "Rye bread is made of rye.", "boat": TEXTS["boat"], "bell": TEXTS["bell"]}
    write(articles / "a.jsonl", **texts)
    reported: list[Progress] = []
    assert indexed(library, articles, limit=0, report=reported.append).generation == 2
    assert "asking" not in {progress.step for progress in reported}


def test_an_answer_that_has_moved_within_its_article_is_still_right(articles: Path, library: Path) -> None:
    ask(articles, BOAT)
    write(articles / "a.jsonl", **TEXTS | {"boat": "On weekdays: The boat leaves the harbour at six."})
    assert indexed(library, articles, limit=0).generation == 2


def test_articles_must_not_begin_to_say_what_they_do_not_say(articles: Path, library: Path) -> None:
    nothing = {"question": "Which train stops under the bridge by the canal tonight?", "answerable": False}
    ask(articles, nothing)
    write(articles / "b.jsonl", train="Which train stops under the bridge by the canal tonight? The night train.")
    with pytest.raises(AnswersFell) as refused:
        indexed(library, articles, limit=0)
    assert refused.value.fall == Fall(
        count=1, right=1, fallen=(Fallen(id="q1", question=str(nothing["question"]), shown="train"),)
    )


def test_progress_counts_both_rounds(articles: Path, library: Path) -> None:
    ask(articles, MILL, BOAT, {"question": "Who owns the mill?", "article": "mill", "answers": ["Rosa"]})
    write(articles / "b.jsonl", well="The well is deep.")
    reported: list[Progress] = []
    indexed(library, articles, limit=0, report=reported.append)
    asking = [(progress.done, progress.total) for progress in reported if progress.step == "asking"]
    assert asking == [(0, 6), (1, 6), (2, 6), (3, 6), (4, 6), (5, 6), (6, 6)]


def test_questions_that_can_not_be_read_stop_it_with_their_place_and_what_to_do(articles: Path, library: Path) -> None:
    (articles / "questions.jsonl").write_text("{")
    write(articles / "b.jsonl", well="The well is deep.")
    with pytest.raises(
        GoldenUnusable, match=r"questions\.jsonl:1 is no question .*citabot index --even-if-answers-fell$"
    ):
        indexed(library, articles, limit=0)
    assert LocalLibrary(library).generation == 1


def test_questions_lie_in_any_folder_of_articles_or_beside_a_file_of_them(tmp_path: Path) -> None:
    wanted = [
        tmp_path / "a" / "questions.jsonl",
        tmp_path / "a" / "b" / "questions.jsonl",
        tmp_path / "c" / "questions.jsonl",
    ]
    others = [tmp_path / "a" / ".git" / "questions.jsonl", tmp_path / "c" / "d" / "questions.jsonl"]
    for path in (*wanted, *others):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
    assert question_files([tmp_path / "a", tmp_path / "c" / "file.jsonl", tmp_path / "a" / "b"]) == wanted


def liked(library: Path, message: int, question: object, *opinions: str) -> None:
    """Asked in the bot, and judged by as many readers as there are opinions."""
    store = Store(library)
    opened = LocalLibrary(library)
    answer = Answerer(lambda: opened, embedder())(str(question))
    turn = Turns(store).keep(Asking(chat=1, user=1, message=message), answer, generation=1)
    for user, opinion in enumerate(opinions, 1):
        Opinions(store).give(turn.id, user, opinion)
    store.close()


def test_answers_that_readers_liked_are_golden_too_unless_somebody_did_not(articles: Path, library: Path) -> None:
    liked(library, 1, MILL["question"], "good")
    liked(library, 2, BOAT["question"], "good", "wrong")
    liked(library, 3, BELL["question"])
    write(articles / "a.jsonl", mill="Not found.", boat="Not found.", bell="Not found.")
    with pytest.raises(AnswersFell) as refused:
        indexed(library, articles, limit=0.9)
    (fallen,) = refused.value.fall.fallen
    assert (refused.value.fall.right, fallen.question, fallen.private) == (1, MILL["question"], True)
    assert "all of them readers' own" in str(refused.value)


def test_a_memory_that_can_not_be_read_is_no_reason_to_stop(
    articles: Path, library: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (library / "state.sqlite").write_text("no database at all, and rather long for a line of text")
    ask(articles, MILL)
    write(articles / "b.jsonl", well="The well is deep.")
    assert indexed(library, articles, limit=0).generation == 2
    assert "Questions that readers liked are not asked" in caplog.text
