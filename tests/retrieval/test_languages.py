"""What is in another language is as near as it would be in the question's own, if the library has several."""

from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any, cast

import numpy as np
import pytest

from index.bundled_model import FINGERPRINT
from index.embedding import Embedder
from index.indexer import index_sources
from index.library import Library
from index.local.library import LocalLibrary
from index.local.writer import LocalLibraryWriter
from retrieval.languages import MEANS, Impartial, impartial, moved
from retrieval.question import question_of
from retrieval.ranking import ranked
from training.languages import passages

SAID = passages()
ASKED = {
    0: "Per quanto tempo resta chiuso il vecchio ponte del porto?",
    3: "Entro quando il padrone di casa deve restituire il deposito?",
    4: "Chi fu la prima donna a insegnare astronomia?",
    5: "Come si pulisce il filtro della lavatrice?",
    6: "In che minuto ha segnato la squadra di casa?",
    8: "Che cosa ottenne il regno con il trattato di pace?",
    9: "Quante volte all'anno va misurata la pressione?",
    10: "Che cosa ereditano le tre sorelle del romanzo?",
}


def vector(seed: int = 0) -> Any:
    values = np.random.default_rng(seed).normal(size=384).astype(np.float32)
    return values / np.linalg.norm(values)


def speaking(*languages: str, fingerprint: str = FINGERPRINT) -> Library:
    return cast("Library", SimpleNamespace(languages=dict.fromkeys(languages, 3), fingerprint=fingerprint))


@pytest.mark.parametrize(
    "library",
    [speaking(), speaking("it"), speaking("it", "xx"), speaking("xx", "yy"), speaking("it", "en", fingerprint="own")],
)
def test_a_question_stays_as_it_is_where_nothing_is_known_to_stand_between_languages(library: Library) -> None:
    asked = vector()
    assert impartial(asked, "it", library) == Impartial(vector=asked)


@pytest.mark.parametrize("languages", [("it", "en"), ("ja", "de", "th"), ("it", "xx", "en")])
def test_all_known_languages_are_as_near_as_the_nearest_one_was(languages: tuple[str, ...]) -> None:
    asked = vector(1)
    found = impartial(asked, languages[0], speaking(*languages[1:]))
    with np.load(MEANS) as means:
        before = {language: float(asked @ means[language]) for language in languages if language in means}
        after = {language: float(found.vector @ means[language]) for language in before}
    nearest = max(before.values())
    assert after == {language: pytest.approx(nearest, abs=1e-4) for language in before}
    assert found.raised == {language: pytest.approx(nearest - near, abs=1e-4) for language, near in before.items()}


def test_what_does_not_tell_languages_apart_is_left_alone() -> None:
    means = np.eye(4, dtype=np.float32)[:2]
    found, raised = moved(np.array([0.5, 0.1, 0.3, -0.2], np.float32), means, np.linalg.pinv(means))
    assert found.tolist() == pytest.approx([0.5, 0.5, 0.3, -0.2])
    assert raised.tolist() == pytest.approx([0.0, 0.4])


def test_both_languages_are_among_the_nearest_and_the_answer_is_the_first(default_embedder: Embedder) -> None:
    """Passages in both languages, but the one that answers, which is in English only."""
    vectors = {language: default_embedder.read_passages(SAID[language])[0] for language in ("it", "en")}
    first = {False: 0, True: 0}
    for number, text in ASKED.items():
        asked = default_embedder.read_question(text).vector
        passages = np.concatenate([vectors["en"], np.delete(vectors["it"], number, 0)])
        for even, meant in ((False, asked), (True, impartial(asked, "it", speaking("it", "en")).vector)):
            nearest = np.argsort(-(passages @ meant))[:10]
            english = np.count_nonzero(nearest < len(vectors["en"]))
            assert english >= 5 if even else english <= 2
            first[even] += nearest[0] == number
    assert first[True] == len(ASKED) > first[False] + 2


@pytest.fixture(scope="module")
def mixed(tmp_path_factory: pytest.TempPathFactory, default_embedder: Embedder) -> Iterator[LocalLibrary]:
    """What is asked for is in English only; Italian passages are about other things."""
    folder = tmp_path_factory.mktemp("mixed")
    for number, passage in enumerate(SAID["en"][:12] + SAID["it"][12:]):
        (folder / f"{number}.txt").write_text(f"Article {number}\n\n{passage}", encoding="utf-8")
    with LocalLibraryWriter(folder / "library") as writer:
        index_sources([folder], writer=writer, embedder=default_embedder)
    opened = LocalLibrary(folder / "library")
    yield opened
    opened.close()


def test_what_stands_in_another_language_is_found_first(mixed: LocalLibrary, default_embedder: Embedder) -> None:
    for number, text in ASKED.items():
        hits, _rest = ranked(question_of(text), default_embedder.read_question(text), mixed)
        (passage,) = mixed.passages([hits[0].passage.id])
        assert passage.article.title == f"Article {number}"
