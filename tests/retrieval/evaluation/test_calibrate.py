"""A calibration is learnt from right and wrong answers, kept with the library, and used by whoever answers from it."""

import json
from collections.abc import Sequence
from dataclasses import asdict, replace
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from index import bundled_model
from index.indexer import index_sources
from index.local.calibration import FILE, load_calibration, save_calibration
from index.local.library import LocalLibrary
from index.local.writer import LocalLibraryWriter
from retrieval.answerer import Answerer
from retrieval.confidence import EVIDENCE, FITTED, READ, Calibration, calibration_of
from retrieval.evaluation import calibrate
from retrieval.evaluation.calibrate import WANTED, Example, examples, fit
from retrieval.evaluation.questions import AskedQuestion
from tests.fakes import HashingEmbedder

CALIBRATION = Calibration(
    weights=dict.fromkeys(EVIDENCE, 1.0), intercept=0.0, answered=0.7, nothing=0.2, usual_lead=1.0
)
TEXTS = {"bread": "The bakery opens at six.", "fish": "The boat lands at noon.", "wine": "The cellar is closed."}


@pytest.fixture
def library(tmp_path: Path) -> Path:
    articles = tmp_path / "articles.jsonl"
    lines = [json.dumps({"id": id_, "title": id_, "lang": "en", "text": text}) for id_, text in TEXTS.items()]
    articles.write_text("\n".join(lines))
    with LocalLibraryWriter(tmp_path / "library") as writer:
        index_sources([articles], writer=writer, embedder=HashingEmbedder())
    return tmp_path / "library"


def answers(count: int = 600) -> list[Example]:
    """Right the oftener, the nearer."""
    rng = np.random.default_rng(4)
    nearness = rng.uniform(0.7, 0.9, count)
    right = rng.random(count) < (nearness - 0.7) / 0.2
    return [
        Example(
            seen={"nearness": float(near), "lead": 2.0, "same language": 1.0, "margin": 0.0, "words": 0.5},
            right=bool(holds),
        )
        for near, holds in zip(nearness, right, strict=True)
    ]


def sureness(found: Sequence[Example], fitted: Calibration) -> NDArray[np.float64]:
    """The confidence of each."""
    logits = [
        fitted.intercept + sum(weight * example.seen[kind] for kind, weight in fitted.weights.items())
        for example in found
    ]
    at_none, weight = fitted.margin or (np.inf, 0.0)
    margins = at_none + weight * np.array([example.seen["margin"] for example in found])
    return 1 / (1 + np.exp(-np.array(logits))) / (1 + np.exp(-margins))


def share_called_answered(found: Sequence[Example], fitted: Calibration) -> float:
    """Of the right ones."""
    return float((sureness([example for example in found if example.right], fitted) >= fitted.answered).mean())


def test_what_tells_right_from_wrong_is_learnt_and_the_rest_weighs_nothing() -> None:
    fitted = fit(answers())
    assert fitted.weights["nearness"] > 10
    assert [fitted.weights["lead"], fitted.weights["same language"]] == pytest.approx([0.0, 0.0], abs=1e-6)
    assert fitted.usual_lead == 2.0


def test_what_is_called_answered_is_right_as_often_as_promised() -> None:
    found = answers()
    fitted = fit(found)
    sure = sureness(found, fitted)
    right = np.array([example.right for example in found])
    assert right[sure >= fitted.answered].mean() >= WANTED
    assert right[sure >= fitted.answered - 0.02].mean() < WANTED + 0.05
    assert (sure[right] < fitted.nothing).mean() <= 0.02


def test_unanswerable_questions_teach_what_a_margin_says_and_not_what_is_near() -> None:
    margins = np.random.default_rng(5).normal(0.0, 3.0, 1200).tolist()
    usual = [
        replace(example, seen={**example.seen, "margin": margin + 4.0})
        for example, margin in zip(answers(), margins, strict=False)
    ]
    looking_right = [
        replace(example, seen={**example.seen, "margin": margin, "nearness": 0.9}, right=False, unanswerable=True)
        for example, margin in zip(answers(600), margins[600:], strict=True)
    ]
    plain, warned = fit(usual, read=True), fit([*usual, *looking_right], read=True)
    assert warned.weights == pytest.approx(plain.weights)
    assert plain.margin == FITTED[bundled_model.FINGERPRINT, True].margin
    assert warned.margin
    assert warned.margin[1] > 0.2
    taken_as_usual = fit([*usual, *[replace(example, unanswerable=False) for example in looking_right]], read=True)
    assert share_called_answered(usual, warned) > 1.2 * share_called_answered(usual, taken_as_usual)


def test_from_too_few_answers_nothing_is_learnt() -> None:
    with pytest.raises(ValueError, match="too few"):
        fit(answers(150))


def test_each_question_is_an_example_and_each_third_one_again_without_its_article(library: Path) -> None:
    asked = [
        AskedQuestion(
            id=str(number), text=TEXTS[name], language="en", answerable=name != "wine",
            article=name, wordings=(TEXTS[name],),
        )
        for number, name in enumerate(["bread", "fish", "wine", "fish"])
    ]  # fmt: skip
    found = list(examples(asked, LocalLibrary(library), HashingEmbedder()))
    assert [example.right for example in found] == [True, False, True, False, True, False]
    assert found[0].seen["nearness"] == pytest.approx(1.0, abs=1e-3)
    assert found[1].seen["nearness"] < 0.9


def test_an_article_that_is_named_by_its_file_is_taken_out_too(tmp_path: Path) -> None:
    for name, text in TEXTS.items():
        (tmp_path / f"{name}.txt").write_text(text)
    with LocalLibraryWriter(tmp_path / "library") as writer:
        index_sources([tmp_path / f"{name}.txt" for name in TEXTS], writer=writer, embedder=HashingEmbedder())
    opened = LocalLibrary(tmp_path / "library")
    (source,) = [article.source for article in opened.articles() if "bread" in article.source]
    asked = AskedQuestion(id="1", text=TEXTS["bread"], answerable=True, article=source, wordings=("six",))
    found = list(examples([asked], opened, HashingEmbedder()))
    assert [example.right for example in found] == [True, False]
    assert found[1].seen["nearness"] < 0.9


def test_a_saved_calibration_is_the_librarys_when_it_is_opened_next(library: Path) -> None:
    assert LocalLibrary(library).calibration is None
    save_calibration(library, HashingEmbedder().fingerprint, asdict(CALIBRATION))
    assert calibration_of(LocalLibrary(library), read=False) == CALIBRATION
    save_calibration(library, HashingEmbedder().fingerprint, asdict(replace(CALIBRATION, answered=0.8)))
    assert calibration_of(LocalLibrary(library), read=False) == replace(CALIBRATION, answered=0.8)
    assert [path.name for path in library.glob("tmp*")] == []


def test_a_calibration_with_margins_is_for_hits_that_are_read(library: Path) -> None:
    read = replace(CALIBRATION, weights=dict.fromkeys((*EVIDENCE, *READ), 1.0), margin=(2.0, 0.3))
    save_calibration(library, HashingEmbedder().fingerprint, asdict(read))
    assert calibration_of(LocalLibrary(library), read=True) == read
    assert calibration_of(LocalLibrary(library), read=False) is None


def test_what_reading_brought_is_learnt_from_too() -> None:
    found = [replace(example, seen={**example.seen, "words": 0.9 if example.right else 0.1}) for example in answers()]
    assert fit(found, read=True).weights["words"] > 1
    assert list(fit(found).weights) == list(EVIDENCE)
    assert fit(found).margin is None


def test_the_librarys_calibration_decides_what_an_answer_is_called(library: Path) -> None:
    def verdict(intercept: float) -> str:
        save_calibration(library, HashingEmbedder().fingerprint, asdict(replace(CALIBRATION, intercept=intercept)))
        opened = LocalLibrary(library)
        return Answerer(lambda: opened, HashingEmbedder())("When does the bakery open?").verdict

    assert verdict(100.0) == "answered"
    assert verdict(-10_000.0) == "nothing"


@pytest.mark.parametrize(
    "content",
    ["", "{", "[]", "{}", '{"hashing/1": 3}', '{"another": {}}', "\x00", "[" * 100_000],
    ids=lambda text: text[:9],
)
def test_a_calibration_that_cannot_be_read_or_is_of_another_model_is_none(library: Path, content: str) -> None:
    (library / FILE).write_text(content)
    assert load_calibration(library, "hashing/1") is None


def test_a_calibration_of_another_version_is_left_out_with_a_warning(library: Path, caplog) -> None:
    save_calibration(library, "hashing/1", {"weights": [1.0], "intercept": 0, "answered": 1, "nothing": 0})
    assert calibration_of(LocalLibrary(library), read=False) is None
    assert "make it anew" in caplog.text


def test_the_command_says_what_is_missing(library: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    questions = tmp_path / "questions.jsonl"
    questions.write_text('{"id": "1", "question": "?", "article_id": "bread", "answers": ["six"]}')
    for folder, said in ((tmp_path / "nowhere", "no library"), (library, "too few|another model|closed")):
        monkeypatch.setattr("sys.argv", ["calibrate", str(questions), "--library", str(folder)])
        monkeypatch.setattr(calibrate, "SentenceTransformerEmbedder", lambda name: HashingEmbedder())
        with pytest.raises(SystemExit, match=said):
            calibrate.main()
