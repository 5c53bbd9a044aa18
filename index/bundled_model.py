"""The default model, offline: multilingual-e5-small, unpacked once into the user's cache, checked at every start."""

import hashlib
import json
import shutil
import tempfile
from pathlib import Path

import platformdirs
from filelock import FileLock

from index.errors import ModelUnusable
from index.packed_model import PackedModel
from index.progress import Report, silent
from index.unpacking import unpack

NAME = "multilingual-e5-small"
_MANIFEST = "manifest.json"
_FORMAT = 2
"""Raised when what is written changes, so that older caches are made again."""

FINGERPRINT = f"{NAME}/q4/prompts=e5/float32/{_FORMAT}"


def model_folder(report: Report = silent, *, cache: Path | None = None) -> Path:
    """The unpacked model's folder, made or mended if need be. Raises ModelUnusable when it can't be."""
    folder = (cache or platformdirs.user_cache_path("citabot")) / "models" / f"{NAME}-{_FORMAT}"
    if _intact(folder):
        return folder
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        with FileLock(folder.with_suffix(".lock")):
            if not _intact(folder):
                _unpack_into(folder, report)
    except ModelUnusable:
        raise
    except Exception as error:  # what is written by others raises what they like where there is no room
        raise ModelUnusable(
            f"The default model could not be unpacked into {folder.parent}: {error}. It needs 500 MB there; "
            "set XDG_CACHE_HOME to a folder with room, or do without (CITABOT_READER=false, CITABOT_EMBEDDING_MODEL)."
        ) from error
    return folder


def _unpack_into(folder: Path, report: Report) -> None:
    packed = PackedModel()
    for leftover in folder.parent.glob(f"{folder.name}.unpacking-*"):
        shutil.rmtree(leftover, ignore_errors=True)
    unpacking = Path(tempfile.mkdtemp(prefix=f"{folder.name}.unpacking-", dir=folder.parent))
    try:
        unpack(packed, unpacking, report)
        _write_manifest(unpacking)
        shutil.rmtree(folder, ignore_errors=True)
        unpacking.rename(folder)
    finally:
        shutil.rmtree(unpacking, ignore_errors=True)


def _intact(folder: Path) -> bool:
    """Whether every file still has the hash that was written down when the folder was made."""
    try:
        manifest: dict[str, str] = json.loads((folder / _MANIFEST).read_text())
        return bool(manifest) and all(_sha256(folder / name) == digest for name, digest in manifest.items())
    except (OSError, ValueError, AttributeError):
        return False


def _write_manifest(folder: Path) -> None:
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    manifest = {path.relative_to(folder).as_posix(): _sha256(path) for path in files}
    (folder / _MANIFEST).write_text(json.dumps(manifest, indent=1))


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
