"""Whatever is wrong with a file, reading it ends, raises nothing, and says what was wrong."""

import gzip
import os
import socket
import sys
from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.article import Article
from index.readers import READERS, UNFORESEEN, Skipped, SourceFile, read
from index.readers.saved import as_saved
from tests.index.readers.conftest import ReadBytes
from tests.index.readers.test_zip import packed

EACH_SUFFIX = pytest.mark.parametrize("suffix", READERS)
GOLDEN = Path(__file__).parent / "golden"
LINE = b'{"id": "1", "title": "Il faro", "author": ["Ada"], "tags": ["a", "b"], "text": "Il faro \xc3\xa8 spento."}'
MARKDOWN = b"---\ntitle: Il faro\ntags: [a, b]\n---\n# Il faro\n\nIl faro \xc3\xa8 spento.\n"
PAGE = b'<!doctype html><html lang="it"><title>Il faro</title><body><article><p class="a">Il faro &egrave; spento.</p>'
ABOUT = "<c><dc:title>Il faro</dc:title><dc:creator>Ada Neri</dc:creator></c>"
VALID = {
    "a.txt": "Il faro\n\nIl faro è spento.".encode(),
    "a.md": MARKDOWN,
    "a.html": PAGE,
    "a.mhtml": as_saved("https://example.org/faro", PAGE, "text/html"),
    "a.docx": packed({"word/è.xml": "<w/>", "docProps/core.xml": ABOUT}),
    "a.odt": packed({"mimetype": "application/vnd.oasis.opendocument.text", "meta.xml": ABOUT}),
    "a.rtf": (GOLDEN / "mayak.rtf").read_bytes(),
    "a.fb2": (GOLDEN / "smotritel.fb2").read_bytes(),
    "a.eml": (GOLDEN / "lampada.eml").read_bytes(),
    "a.csv": (GOLDEN / "ricette.csv").read_bytes(),
    "a.csv.mapping.toml": (GOLDEN / "ricette.csv.mapping.toml").read_bytes(),
    "a.json": LINE,
    "a.jsonl": LINE + b"\n" + LINE,
    "a.jsonl.gz": gzip.compress(LINE, mtime=0),
    "a.zip": packed({"è.txt": "Il faro.", "b/a.json": LINE, "b/": ""}),
}
"""As little as goes deep into each reader; PDFs are read in a process of their own."""
SLOW = ("a.txt", "a.md", "a.html", "a.mhtml", "a.eml")


def is_foreseen(item: Article | Skipped) -> bool:
    return bool(item.text if isinstance(item, Article) else item.reason and not item.reason.startswith(UNFORESEEN))


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
        assert is_foreseen(item), item


def damaged(content: bytes, chance: Random) -> bytes:
    """Some bytes changed, put in or left out, or one value far too deep in lists."""
    changed = bytearray(content)
    quoted = [at for at, byte in enumerate(content) if byte == ord('"')]
    if len(quoted) > 1 and chance.random() < 0.2:
        start = chance.choice(range(0, len(quoted) - 1, 2))
        first, last = quoted[start], quoted[start + 1] + 1
        depth = chance.randrange(300, 900)
        changed[first:last] = b"[" * depth + content[first:last] + b"]" * depth
        return bytes(changed)
    for _ in range(chance.choice((1, 1, 2, 3))):
        at = chance.randrange(len(changed))
        upto = at + chance.choice((0, 1, 1, 1, 1, 8))
        changed[at:upto] = chance.choice((b"", b"\0", b"\xff", b"\n", b'"', b"<", b"9" * 500, chance.randbytes(1)))
    return bytes(changed)


@pytest.mark.parametrize("name", VALID)
def test_a_valid_file_that_was_damaged_anywhere_is_an_article_or_a_reason_that_was_foreseen(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.setitem(sys.modules, "pypandoc", None)  # it runs in a process of its own
    path = tmp_path / name.removesuffix(".mapping.toml")
    path.write_bytes(VALID[path.name])
    chance = Random(name)
    for _ in range(30 if name in SLOW else 120):
        content = damaged(VALID[name], chance)
        (tmp_path / name).write_bytes(content)
        for item in read(SourceFile(path=path, name=path.name)):
            assert is_foreseen(item), (item, content)


def test_a_reader_that_breaks_down_is_logged_and_takes_no_other_file_along(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def read_odd(file: SourceFile) -> Iterator[Article | Skipped]:
        yield Skipped(source=file.name, reason="begins well")
        raise LookupError("a page that is not there")

    monkeypatch.setitem(READERS, ".odd", read_odd)
    (tmp_path / "a.zip").write_bytes(packed({"a.odd": "x", "b.txt": "Il faro."}))
    first, broken, last = read(SourceFile(path=tmp_path / "a.zip", name="a.zip"))
    assert first == Skipped(source="a.zip/a.odd", reason="begins well")
    reason = "has a form that nobody foresaw (LookupError); save its text instead"
    assert broken == Skipped(source="a.zip/a.odd", reason=reason)
    assert isinstance(last, Article)
    assert last.text == "Il faro."
    assert "a.zip/a.odd could not be read\nTraceback" in caplog.text
    assert "LookupError: a page that is not there" in caplog.text
