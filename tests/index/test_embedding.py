"""Any sentence-transformers folder is an Embedder, with a fingerprint of its own."""

import json
import os
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest

from index.embedding import SentenceTransformerEmbedder
from index.errors import ModelUnusable
from index.progress import Progress
from tests.index.conftest import WORDS


@pytest.fixture
def copied(tiny_model: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(tiny_model, tmp_path / "tiny"))


def test_vectors_are_unit_float32_in_the_order_of_the_texts(tiny_model: Path) -> None:
    embedder = SentenceTransformerEmbedder(str(tiny_model))
    texts = ["faro", "il faro spento", "nave porto nave porto", "il"]
    together = embedder.embed_sentences(texts)
    assert together.shape == (4, 16)
    assert together.dtype == np.float32
    np.testing.assert_allclose(np.linalg.norm(together, axis=1), 1, atol=1e-5)
    for text, vector in zip(texts, together, strict=True):
        np.testing.assert_allclose(embedder.embed_sentences([text])[0], vector, atol=0.02)
    assert max(float(together[i] @ together[j]) for i in range(4) for j in range(i)) < 0.999


def test_a_question_is_embedded_with_the_prompt_for_questions(tiny_model: Path) -> None:
    from sentence_transformers import SentenceTransformer

    plain = SentenceTransformer(str(tiny_model), device="cpu")
    asked, said = plain.encode(["ask : il faro", "say : il faro"], prompt="", normalize_embeddings=True)
    question = SentenceTransformerEmbedder(str(tiny_model)).read_question("il faro").vector
    assert float(question @ asked) > 0.999 > float(question @ said)


def test_a_question_that_was_asked_before_is_not_embedded_again(tiny_model: Path) -> None:
    embedder = SentenceTransformerEmbedder(str(tiny_model))
    first = embedder.read_question("il faro")
    assert embedder.read_question("il faro") is first
    assert embedder.read_question("faro") is not first
    for values in (first.vector, first.tokens.states, first.tokens.weights, first.tokens.starts):
        with pytest.raises(ValueError, match="read-only"):
            values[0] = 0


def test_many_threads_get_the_vectors_of_their_own_questions_while_passages_are_embedded(tiny_model: Path) -> None:
    embedder = SentenceTransformerEmbedder(str(tiny_model))
    questions = [f"{one} {two} {three}" for one in WORDS[6:] for two in WORDS[6:] for three in WORDS[6:]]
    with ThreadPoolExecutor(8) as pool:
        passages = pool.submit(embedder.embed_sentences, ["faro " * 20] * 3000)
        readings = list(pool.map(embedder.read_question, questions))
        assert passages.result().shape == (3000, 16)
    expected = embedder.read_questions(questions)
    assert min(float(one.vector @ other.vector) for one, other in zip(readings, expected, strict=True)) > 0.999


def test_no_texts_have_no_vectors_and_no_tokens(tiny_model: Path) -> None:
    embedder = SentenceTransformerEmbedder(str(tiny_model))
    assert embedder.embed_sentences([]).shape == (0, 16)
    assert embedder.count_tokens([]) == []


def test_tokens_are_counted_without_those_that_the_model_puts_around(tiny_model: Path) -> None:
    texts = ["il faro", "", "nave", "una parola ignota"]
    assert SentenceTransformerEmbedder(str(tiny_model)).count_tokens(texts) == [2, 0, 1, 3]


def test_progress_is_reported_batch_by_batch(tiny_model: Path) -> None:
    reported: list[Progress] = []
    SentenceTransformerEmbedder(str(tiny_model)).embed_sentences(["faro " * 20] * 500, reported.append)
    assert [(progress.step, progress.done, progress.total) for progress in reported] == [
        ("embedding", 204, 500),
        ("embedding", 408, 500),
        ("embedding", 500, 500),
    ]


def test_a_folders_fingerprint_holds_for_its_copy_and_no_other_model(tiny_model: Path, copied: Path) -> None:
    fingerprint = SentenceTransformerEmbedder(str(tiny_model)).fingerprint
    assert fingerprint.startswith("tiny/")
    assert SentenceTransformerEmbedder(str(copied)).fingerprint == fingerprint
    prompts = copied / "config_sentence_transformers.json"
    settings = json.loads(prompts.read_text())
    settings["prompts"]["query"] = "another : "
    prompts.write_text(json.dumps(settings))
    assert SentenceTransformerEmbedder(str(copied)).fingerprint != fingerprint


def test_a_models_name_is_its_fingerprint() -> None:
    assert SentenceTransformerEmbedder("somebody/some-model").fingerprint == "somebody/some-model"


def test_a_folder_that_is_no_model_is_unusable(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("no model")
    with pytest.raises(ModelUnusable, match="CITABOT_EMBEDDING_MODEL"):
        SentenceTransformerEmbedder(str(tmp_path)).read_question("faro")


@pytest.mark.parametrize("name", ["config.json", "modules.json", "model.safetensors", "tokenizer.json"])
def test_a_model_with_a_damaged_file_is_unusable(copied: Path, name: str) -> None:
    (copied / name).write_bytes(b'{"half": ')
    with pytest.raises(ModelUnusable, match="could not be loaded"):
        SentenceTransformerEmbedder(str(copied)).read_question("faro")


def test_a_model_that_is_not_here_is_not_tried_again_and_again_where_its_hub_is_out_of_reach(tmp_path: Path) -> None:
    program = (
        "from index.embedding import SentenceTransformerEmbedder as E\nE('somebody/no-model').read_question('faro')"
    )
    done = subprocess.run(
        [sys.executable, "-c", program],
        cwd=Path(__file__).parents[2],
        env=os.environ | {"HF_ENDPOINT": "http://127.0.0.1:9", "HF_HOME": str(tmp_path), "HF_HUB_OFFLINE": "0"},
        capture_output=True,
        text=True,
    )
    assert "ModelUnusable: The model 'somebody/no-model' could not be loaded (We couldn't connect" in done.stderr
    assert "Retrying" not in done.stderr
