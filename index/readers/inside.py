"""Files that come within another one: what they are called, and where they are put by while they are read."""

import lzma
import re
import zipfile
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path, PurePosixPath

from index.article import Article
from index.readers.files import MAPPING, QUESTIONS, Skipped, SourceFile
from index.readers.making import one_line

Read = Callable[[SourceFile], Iterator[Article | Skipped]]
DAMAGED = (zipfile.BadZipFile, zlib.error, lzma.LZMAError, EOFError, OverflowError, RuntimeError, ValueError)
"""What the standard library raises at archives that are damaged, locked, or made in a way that it doesn't know."""
DEEPEST = 2
"""An archive in an archive is opened, one in that is not."""
_LONGEST, _MOST_BYTES = 100, 240
"""Characters and bytes of a name on the disk; file systems take 255, and a mapping's name is longer."""


def shown_name(name: str) -> str:
    """The place of a member as people know it; it leads nowhere else."""
    parts = map(one_line, name.replace("\\", "/").split("/"))
    return "/".join(part for part in parts if part not in ("", ".", ".."))


def is_passed_over(shown: str) -> bool:
    """What is no article: what systems put beside what people do, questions about the articles, mappings."""
    *folders, name = shown.split("/")
    hidden = any(part.startswith(".") or part == "__MACOSX" for part in (*folders, name))
    return hidden or name in QUESTIONS or name.endswith(MAPPING)


def place_for(folder: Path, shown: str) -> Path:
    """Where in `folder` a member is written, whatever it is called: under its last name, made harmless."""
    name = re.sub(r"[^\w. ()-]", "_", shown.rpartition("/")[2])
    kept = name[-_LONGEST:].encode()[-_MOST_BYTES:].decode(errors="ignore")
    return folder / (kept.lstrip(". ") or "_")


def inner_file(file: SourceFile, path: Path, shown: str, *, most: int) -> SourceFile:
    """What lies in `file` under the name `shown`, and was put at `path`."""
    title = PurePosixPath(shown).stem
    return SourceFile(path=path, name=f"{file.name}/{shown}", most=most, depth=file.depth + 1, title=title)
