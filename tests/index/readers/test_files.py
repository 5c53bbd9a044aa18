"""However wild a folder is, its readable files are found in order and the others are named with a reason."""

import os
import socket
from pathlib import Path

import pytest

from index.errors import SourceMissing
from index.readers import READERS, SourceFile, discover

NO_READER = f"has no reader (there are: {', '.join(READERS)})"


def found(source: Path) -> list[str | tuple[str, str]]:
    """Names of files, and (source, reason) of what was skipped."""
    return [item.name if isinstance(item, SourceFile) else (item.source, item.reason) for item in discover(source)]


def write(folder: Path, *names: str) -> None:
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text("Il faro è spento.")


def test_files_are_found_in_order_with_names_relative_to_the_folder(tmp_path: Path) -> None:
    write(tmp_path, "b.txt", "a.MD", "c/e.jsonl", "c/d.markdown", "B/x.jsonl.gz", "c/z/f.txt")
    assert found(tmp_path) == ["a.MD", "b.txt", "B/x.jsonl.gz", "c/d.markdown", "c/e.jsonl", "c/z/f.txt"]
    assert all(item.path.is_absolute() for item in discover(tmp_path) if isinstance(item, SourceFile))


def test_hidden_files_and_the_questions_are_left_out_silently(tmp_path: Path) -> None:
    write(tmp_path, ".a.txt", ".git/b.txt", "questions.jsonl", "sub/questions.jsonl", "dialogues.jsonl", "c.txt")
    assert found(tmp_path) == ["c.txt"]


def test_a_file_that_no_reader_knows_is_named(tmp_path: Path) -> None:
    write(tmp_path, "a.pptx", "b.gz", "c", "txt")
    assert found(tmp_path) == [(name, NO_READER) for name in ("a.pptx", "b.gz", "c", "txt")]


def test_a_single_file_is_a_source_too(tmp_path: Path) -> None:
    write(tmp_path, "a.txt", "b.pptx", "questions.jsonl")
    assert found(tmp_path / "a.txt") == ["a.txt"]
    assert found(tmp_path / "b.pptx") == [("b.pptx", NO_READER)]
    assert found(tmp_path / "questions.jsonl") == ["questions.jsonl"]


def test_a_source_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "loop.txt").symlink_to("loop.txt")
    for name in ("nowhere", "loop.txt", "x" * 500):
        with pytest.raises(SourceMissing, match="CITABOT_ARTICLES"):
            found(tmp_path / name)


def test_a_folder_named_like_a_file_is_a_folder(tmp_path: Path) -> None:
    write(tmp_path, "x.txt/a.txt")
    assert found(tmp_path) == found(tmp_path / "x.txt" / "..") == ["x.txt/a.txt"]


def test_pipes_and_sockets_are_named_and_never_opened(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    with socket.socket(socket.AF_UNIX) as unix:
        unix.bind(str(tmp_path / "socket.txt"))
        reason = "is no ordinary file"
        assert found(tmp_path) == [("pipe.txt", reason), ("socket.txt", reason)]
        assert found(tmp_path / "pipe.txt") == [("pipe.txt", reason)]


def test_links_are_followed_within_the_folder_only(tmp_path: Path) -> None:
    write(tmp_path, "outside.txt", "in/a.txt")
    inside = tmp_path / "in"
    (inside / "b.txt").symlink_to("a.txt")
    (inside / "c.txt").symlink_to("../outside.txt")
    assert found(inside) == ["a.txt", "b.txt", ("c.txt", "is a link that leaves the folder")]


def test_links_that_lead_nowhere_or_round_are_named(tmp_path: Path) -> None:
    (tmp_path / "a.txt").symlink_to("nowhere.txt")
    (tmp_path / "b.txt").symlink_to("b.txt")
    (nowhere, loop) = found(tmp_path)
    for (source, reason), name in ((nowhere, "a.txt"), (loop, "b.txt")):
        assert source == name
        assert reason.startswith("is a link that leads nowhere")


def test_links_to_folders_are_named_so_that_loops_end(tmp_path: Path) -> None:
    write(tmp_path, "sub/a.txt")
    (tmp_path / "sub" / "up").symlink_to("..")
    assert found(tmp_path) == [("sub/up", "is a link to a folder; links are not followed"), "sub/a.txt"]


def test_endless_folders_are_gone_into_only_so_deep(tmp_path: Path) -> None:
    deepest = Path(*["d"] * 70)
    write(tmp_path, "a.txt", str(deepest / "b.txt"), str(Path(*["d"] * 64) / "c.txt"))
    assert found(tmp_path) == [
        "a.txt",
        ("/".join(["d"] * 65), "lies more than 64 folders deep"),
        "/".join(["d"] * 64) + "/c.txt",
    ]


def test_names_that_are_no_utf8_are_named_as_far_as_they_can_be(tmp_path: Path) -> None:
    write(tmp_path, os.fsdecode(b"caff\xe8/a.txt"), os.fsdecode(b"caff\xe9.txt"))
    reason = "has a path that is not UTF-8; rename it"
    assert found(tmp_path) == [("caff\ufffd.txt", reason), ("caff\ufffd/a.txt", reason)]
