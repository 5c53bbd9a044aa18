"""A library that no model has to be loaded for, though it passes for one of the default model."""

import json
from pathlib import Path

from index import bundled_model
from index.indexer import Outcome, index_sources
from index.local.writer import LocalLibraryWriter
from index.runs import recorded
from tests.fakes import HashingEmbedder


def embedder() -> HashingEmbedder:
    """Under the default model's name."""
    return HashingEmbedder(bundled_model.FINGERPRINT)


def write(path: Path, **articles: str) -> None:
    """A file of these articles, each with its id as its title."""
    lines = [json.dumps({"id": id_, "title": id_, "lang": "en", "text": text}) for id_, text in articles.items()]
    path.write_text("\n".join(lines))


def indexed(library: Path, *sources: Path) -> Outcome:
    """Bring it in line with its sources, as somebody at the terminal would."""
    with LocalLibraryWriter(library) as writer:
        return recorded(
            writer, "index", lambda: index_sources(sources, writer=writer, embedder=embedder()), by="terminal"
        )
