"""What tests of exporting and importing share: libraries, files of them, and what is wrong with some."""

import hashlib
import json
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from index.indexer import Outcome, index_sources
from index.local.importing import check_file, import_library
from index.local.portable import MANIFEST, opened
from index.local.writer import LocalLibraryWriter
from index.runs import recorded
from tests.fakes import HashingEmbedder

TEXTS = {
    "faro": "Il faro è spento. Nessuno lo sa.",
    "nave": "La nave entra in porto. Il porto è vuoto.",
    "rete": "La rete è piena.",
}


def write(folder: Path, **texts: str) -> Path:
    folder.mkdir(exist_ok=True)
    for name, text in texts.items():
        (folder / f"{name}.jsonl").write_text(json.dumps({"id": name, "title": name, "lang": "it", "text": text}))
    return folder


def index(library: Path, folder: Path, embedder: HashingEmbedder | None = None, by: str = "telegram 4242") -> Outcome:
    with LocalLibraryWriter(library) as writer:
        return recorded(
            writer,
            "index",
            lambda: index_sources([folder], writer=writer, embedder=embedder or HashingEmbedder()),
            by=by,
        )


def bring_in(file: Path, library: Path, *, replace: bool = False, fingerprint: str = "hashing/1") -> Outcome:
    with opened(file) as packed:
        check_file(packed, fingerprint=fingerprint)
        with LocalLibraryWriter(library) as writer:
            return recorded(
                writer, "import", lambda: import_library(packed, library, writer=writer, replace=replace), by="test"
            )


def repacked(
    file: Path, target: Path, *, about: Callable[[dict[str, Any]], object] = lambda fields: None, **parts: bytes
) -> Path:
    """Another file of what is in one, with another manifest, and with parts that are others; sums are right."""
    with zipfile.ZipFile(file) as archive, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as other:
        fields = json.loads(archive.read(MANIFEST))
        contents = {name: archive.read(name) for name in fields["parts"]} | {
            name.replace("_", "."): content for name, content in parts.items()
        }
        fields["parts"] = {
            name: {"bytes": len(content), "sha256": hashlib.sha256(content).hexdigest()}
            for name, content in contents.items()
        }
        about(fields)
        for name, content in contents.items():
            other.writestr(name, content)
        other.writestr(MANIFEST, json.dumps(fields))
    return target
