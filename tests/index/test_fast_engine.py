"""With the extra `fast`, OpenVINO runs the default model, and gives the vectors that PyTorch gives in float32."""

import importlib.util
import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from sentence_transformers import SentenceTransformer

from index import bundled_model
from index.embedding import SentenceTransformerEmbedder
from index.installing import PIP
from index.readers import SourceFile, read
from tests.conftest import SEEDS

ROOT = Path(__file__).parents[2]
INSTALLED = importlib.util.find_spec("openvino") is not None
installed = pytest.mark.skipif(not INSTALLED, reason="the extra `fast` is not installed")
TEXTS = (
    "?",
    "Chi ha riparato l'orologio della stazione, e quando?",
    "The bridge was closed to lorries in 1973 after a survey found cracks in two of its five arches.",
    "Die Bäckerei öffnet um sechs; wer später kommt, bekommt keine Rosinenbrötchen mehr.",
    "Le musée conserve 312 cartes marines, dont une dessinée sur peau de phoque.",
    "¿Por qué cambió de nombre la plaza mayor?",
    "Statek zatonął w zatoce, ale załoga dopłynęła do brzegu na beczkach.",
    "Çay bahçesi nehrin karşı kıyısına taşındı.",
    "Паром ходит только летом, а зимой почту возят на санях по льду.",
    "Το παλιό σχολείο έγινε ξενώνας για πεζοπόρους.",
    "أُعيد بناء الجسر الحجري بعد الفيضان بأموال التبرعات.",
    "המאפייה סגורה בשבת ופותחת שוב במוצאי שבת.",
    "नाव सुबह चार बजे चलती है और शाम को लौटती है।",
    "ร้านหนังสือเก่าอยู่ชั้นสองเหนือร้านกาแฟ",
    "老桥在洪水中被冲毁，三年后村民用石头重建了它。",
    "渡し船は霧の日には出ないので、村の人は鐘の音を待つ。",
    "섬의 우체부는 일주일에 두 번 배를 타고 온다.",
    "Ordine n. 4471/B: 3 × viti M6, 12,50 € + IVA 22 % 📦🔩",
    "half a pair \ud83d of surrogates",
    "tab\tand\u00a0space\u2009s, nul \x00 and bell \x07",
)


@pytest.fixture(scope="module")
def texts() -> list[str]:
    """Short ones in many scripts, the seeds' whole articles, paragraphs and lines, and one that is far too long."""
    files = [SourceFile(path=path, name=path.name) for path in sorted(SEEDS.glob("*.[mt][dx]*"))]
    articles = [article.text for file in files for article in read(file)]
    paragraphs = [paragraph for article in articles for paragraph in article.split("\n") if paragraph.strip()]
    sentences = [sentence for paragraph in paragraphs for sentence in paragraph.split(". ")]
    return [*TEXTS, *articles, *paragraphs, *sentences, " ".join(articles * 3)]


@pytest.fixture(scope="module")
def plain(unpacked: Path) -> SentenceTransformer:
    """In float32, without anything of ours."""
    return SentenceTransformer(str(unpacked), device="cpu")


def in_another_process(program: str, home: Path) -> list[str]:
    """The lines that it prints; it has the model, and a home of its own."""
    program = f"from index import bundled_model\nfrom index.embedding import SentenceTransformerEmbedder\n{program}"
    cache = os.environ.get("XDG_CACHE_HOME") or str(Path.home() / ".cache")
    environment = os.environ | {
        "HOME": str(home),
        "XDG_CACHE_HOME": cache,
        "PYTHONPATH": os.pathsep.join([str(ROOT), *sys.path]),
    }
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=home, env=environment, capture_output=True, text=True, check=True
    )
    return done.stdout.splitlines()


@installed
def test_vectors_are_those_of_float32_whatever_the_language_and_the_length(
    default_embedder: SentenceTransformerEmbedder, plain: SentenceTransformer, texts: list[str]
) -> None:
    readable = [text.encode("utf-8", "replace").decode() for text in texts]
    asked, said = (plain.encode([prompt + text for text in readable]) for prompt in ("query: ", "passage: "))
    assert default_embedder.backend == "OpenVINO, int8"
    for expected, found in (
        (said, default_embedder.embed_sentences(texts)),
        (asked, np.stack([reading.vector for reading in default_embedder.read_questions(texts)])),
        (asked, np.stack([default_embedder.read_question(text).vector for text in texts])),
    ):
        assert found.dtype == np.float32
        np.testing.assert_allclose(np.linalg.norm(found, axis=1), 1, atol=1e-5)
        cosines = (expected * found).sum(1)
        assert cosines.min() > 0.997, texts[int(cosines.argmin())][:80]
        assert cosines.mean() > 0.998


@installed
def test_tokens_are_counted_as_the_model_counts_them(
    default_embedder: SentenceTransformerEmbedder, plain: SentenceTransformer, texts: list[str]
) -> None:
    readable = [text.encode("utf-8", "replace").decode() for text in texts]
    expected = plain.tokenizer(readable, add_special_tokens=False, verbose=False)["input_ids"]
    assert default_embedder.count_tokens(texts) == [len(ids) for ids in expected]


@installed
def test_torch_is_not_loaded_and_nobody_is_told(tmp_path: Path) -> None:
    """openvino reports its own import to an analytics service, and leaves a file about that at home."""
    program = "import sys; SentenceTransformerEmbedder().read_question('?'); print(*sorted(sys.modules), sep='\\n')"
    loaded = in_another_process(program, tmp_path)
    assert "openvino" in loaded
    assert not {"torch", "transformers", "sentence_transformers", "openvino_telemetry.main"} & set(loaded)
    assert list(tmp_path.iterdir()) == []


def test_without_openvino_torch_gives_the_same(default_embedder: SentenceTransformerEmbedder, tmp_path: Path) -> None:
    program = """
import sys
sys.modules["openvino"] = None
embedder = SentenceTransformerEmbedder()
print(embedder.fingerprint, embedder.backend, *embedder.read_question("Dov'è il faro?").vector, sep="\\n")
"""
    fingerprint, backend, *vector = in_another_process(program, tmp_path)
    assert fingerprint == default_embedder.fingerprint == bundled_model.FINGERPRINT
    assert backend.startswith("PyTorch")
    assert float(np.array(vector, np.float32) @ default_embedder.read_question("Dov'è il faro?").vector) > 0.997


@installed
@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 half of it", None], ids=["empty", "damaged", "missing"])
def test_where_the_fast_way_fails_torch_takes_over_and_the_log_says_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, content: bytes | None
) -> None:
    ranges = tmp_path / "ranges.npz"
    if content is not None:
        ranges.write_bytes(content)
    monkeypatch.setattr("index.fast_engine.RANGES", ranges)
    assert SentenceTransformerEmbedder().backend.startswith("PyTorch")
    (record,) = caplog.records
    assert record.levelname == "WARNING"
    assert f"{PIP} install --force-reinstall openvino" in record.getMessage()


@installed
def test_where_int8_computes_something_else_floating_point_is_used(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, default_embedder: SentenceTransformerEmbedder
) -> None:
    from index.fast_engine import PROBE, RANGES

    coarse = {name: np.ones_like(values) if name != PROBE else values for name, values in np.load(RANGES).items()}
    np.savez(tmp_path / "ranges.npz", **coarse)
    monkeypatch.setattr("index.fast_engine.RANGES", tmp_path / "ranges.npz")
    embedder = SentenceTransformerEmbedder()
    assert embedder.backend == "OpenVINO, float"
    assert float(embedder.read_question("faro").vector @ default_embedder.read_question("faro").vector) > 0.997
