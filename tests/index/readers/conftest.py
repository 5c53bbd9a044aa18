"""Reading of files that a test writes."""

from collections.abc import Callable
from pathlib import Path

import pytest

from index.article import Article
from index.readers import UNFORESEEN, Skipped, SourceFile, read

ReadBytes = Callable[[str, bytes], list[Article | Skipped]]
ReadOne = Callable[[str, str], Article]


@pytest.fixture
def read_bytes(tmp_path: Path) -> ReadBytes:
    """All that is found in a file of that name and content."""

    def found(name: str, content: bytes) -> list[Article | Skipped]:
        path = tmp_path / name
        path.write_bytes(content)
        found = list(read(SourceFile(path=path, name=name)))
        assert not [item for item in found if isinstance(item, Skipped) and UNFORESEEN in item.reason]
        return found

    return found


@pytest.fixture
def read_one(read_bytes: ReadBytes) -> ReadOne:
    """The one article of a file of that name and text."""

    def found(name: str, text: str) -> Article:
        (article,) = read_bytes(name, text.encode())
        assert isinstance(article, Article), article
        return article

    return found
