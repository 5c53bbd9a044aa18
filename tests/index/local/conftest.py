"""A library of many articles over few words, whose exact answers are worked out beside it."""

import json
import random
from pathlib import Path

import pytest

from index.indexer import index_sources
from index.local.library import LocalLibrary
from index.local.writer import LocalLibraryWriter
from tests.fakes import HashingEmbedder

WORDS = (
    "faro", "nave", "porto", "molo", "vento", "onda", "sale", "rete", "pesce", "scoglio", "marea", "vela", "ancora",
    "timone", "deriva", "bussola", "stiva", "boa", "gabbiano", "corallo", "nebbia", "pioggia", "tempesta", "costa",
    "isola", "baia", "golfo", "canale", "darsena", "cantiere",
)  # fmt: skip


def prose(rng: random.Random) -> str:
    """Some paragraphs of sentences of few words, of which some come again and again."""
    sentences = [
        " ".join(rng.choices(WORDS, k=rng.randint(3, 12))).capitalize() + "." for _ in range(rng.randint(1, 30))
    ]
    return "".join(sentence + rng.choice([" ", " ", " ", "\n\n"]) for sentence in sentences)


def stock(folder: Path, texts: list[str]) -> Path:
    """A library in `folder` of articles a000, a001, … with these texts."""
    folder.mkdir(exist_ok=True)
    source = folder / "articles.jsonl"
    lines = [
        json.dumps({"id": f"a{number:03}", "title": f"Titolo {number}", "lang": "it", "text": text})
        for number, text in enumerate(texts)
    ]
    source.write_text("\n".join(lines))
    with LocalLibraryWriter(folder / "library") as writer:
        index_sources([source], writer=writer, embedder=HashingEmbedder())
    return folder / "library"


@pytest.fixture(scope="session", params=["made anew", "amended"])
def stocked(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> LocalLibrary:
    """Not to be written to; `amended` it has come to the same articles by a small change."""
    rng = random.Random(11)
    texts = [prose(rng) for _ in range(120)]
    folder, texts = tmp_path_factory.mktemp("stocked"), [*texts, *texts[:30], *texts[:10]]
    if request.param == "amended":
        stock(folder, [*texts[:100], "Questo testo cambia. Poi va via.", *texts[101:155]])
    library = stock(folder, texts)
    assert is_amended(library) is (request.param == "amended")
    return LocalLibrary(library)


def is_amended(library: Path) -> bool:
    """Whether the newest files are a base and what has changed since."""
    (folder,) = library.glob("vectors-*")
    return (folder / "gone.npy").exists()
