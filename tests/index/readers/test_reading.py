"""Whatever is wrong with a file, reading it ends, raises nothing, and says what was wrong."""

import os
import socket
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.article import Article
from index.readers import READERS, Skipped, SourceFile, read
from tests.index.readers.conftest import ReadBytes

EACH_SUFFIX = pytest.mark.parametrize("suffix", READERS)


def reasons(path: Path) -> list[str]:
    found = list(read(SourceFile(path=path, name=path.name)))
    assert all(isinstance(item, Skipped) and item.source == path.name for item in found)
    return [item.reason for item in found if isinstance(item, Skipped)]


@pytest.mark.parametrize(
    ("name", "expected"), [("a.txt", ["is empty"]), ("a.md", ["is empty"]), ("a.jsonl", []), ("a.jsonl.gz", [])]
)
def test_an_empty_file_holds_no_article(tmp_path: Path, name: str, expected: list[str]) -> None:
    (tmp_path / name).touch()
    assert reasons(tmp_path / name) == expected


@EACH_SUFFIX
def test_a_file_that_went_away_is_reported(tmp_path: Path, suffix: str) -> None:
    assert reasons(tmp_path / f"gone{suffix}") == ["cannot be read (No such file or directory)"]


@EACH_SUFFIX
def test_what_is_no_ordinary_file_is_never_waited_for(tmp_path: Path, suffix: str) -> None:
    os.mkfifo(tmp_path / f"pipe{suffix}")
    (tmp_path / f"folder{suffix}").mkdir()
    with socket.socket(socket.AF_UNIX) as unix:
        unix.bind(str(tmp_path / f"socket{suffix}"))
        for name in ("pipe", "folder", "socket"):
            assert reasons(tmp_path / f"{name}{suffix}") == ["is no ordinary file"]


@pytest.mark.parametrize("suffix", [".txt", ".md"])
def test_an_enormous_file_is_reported_not_read(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"a{suffix}"
    with path.open("wb") as file:
        file.truncate(1 << 40)
    assert reasons(path) == ["is larger than 20 MB"]


def test_an_enormous_file_of_lines_is_given_up_at_its_first_endless_line(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    with path.open("wb") as file:
        file.truncate(1 << 40)
    assert reasons(path) == ["has a line, number 1, without an end: what comes after is left"]


@EACH_SUFFIX
def test_a_file_in_another_format_is_reported(read_bytes: ReadBytes, suffix: str) -> None:
    found = read_bytes(f"a{suffix}", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\1")
    assert found
    assert all(isinstance(item, Skipped) for item in found)


def test_a_file_that_is_cut_short_while_it_is_read_gives_what_is_left(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    line = '{"id": "%d", "text": "Il faro è spento da molti anni."}\n'
    path.write_text("".join(line % number for number in range(5000)))
    found = read(SourceFile(path=path, name=path.name))
    first = next(found)
    path.write_text("")
    rest = list(found)
    assert isinstance(first, Article)
    assert [item.id for item in rest[:-1] if isinstance(item, Article)] == [str(n) for n in range(1, len(rest))]
    assert isinstance(rest[-1], Skipped)
    assert len(rest) < 4999


@given(content=st.binary(max_size=200), suffix=st.sampled_from(sorted(READERS)))
def test_any_bytes_under_any_name_are_articles_or_reasons(
    tmp_path_factory: pytest.TempPathFactory, content: bytes, suffix: str
) -> None:
    path = tmp_path_factory.getbasetemp() / f"any{suffix}"
    path.write_bytes(content)
    for item in read(SourceFile(path=path, name=path.name)):
        assert item.text if isinstance(item, Article) else item.reason
