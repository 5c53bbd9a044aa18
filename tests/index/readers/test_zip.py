"""What lies in an archive is read as if it lay in a folder; what would harm is named and left."""

import io
import stat
import zipfile
from pathlib import Path

import pytest

from index.article import Article
from index.readers import READERS, Skipped, SourceFile, read
from tests.index.readers.conftest import ReadBytes

GOLDEN = Path(__file__).parent / "golden"


def packed(members: dict[str, bytes | str], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w", method) as archive:
        for name, content in members.items():
            archive.writestr(zipfile.ZipInfo(name), content, method)
    return whole.getvalue()


def told(found: list[Article | Skipped]) -> list[tuple[str, str]]:
    """Source, and the text or the reason."""
    return [(item.source, item.text if isinstance(item, Article) else item.reason) for item in found]


def test_members_are_named_by_archive_and_folder(read_bytes: ReadBytes) -> None:
    members = {"a.txt": "Il faro.", "sotto/la-nave.md": "La nave.", "sotto/": "", "x.exe": "MZ"}
    articles, (skipped,) = read_bytes("archivio.zip", packed(members))[:2], read_bytes("b.zip", packed(members))[2:]
    assert told(articles) == [("archivio.zip/a.txt", "Il faro."), ("archivio.zip/sotto/la-nave.md", "La nave.")]
    assert [article.title for article in articles if isinstance(article, Article)] == ["Il faro.", "la nave"]
    assert skipped == Skipped(source="b.zip/x.exe", reason=f"has no reader (there are: {', '.join(READERS)})")


def test_a_member_without_a_title_is_called_by_its_name_whatever_the_disk_takes(read_bytes: ReadBytes) -> None:
    (article,) = read_bytes("a.zip", packed({"sotto/What's new & why?.md": "La nave."}))
    assert isinstance(article, Article)
    assert article.title == "What's new & why?"


def test_what_systems_put_beside_and_questions_are_passed_over(read_bytes: ReadBytes) -> None:
    members = {"__MACOSX/._a.txt": "x", ".DS_Store": "x", "a/.git/b.txt": "x", "questions.jsonl": "{}", "a.txt": "Uno."}
    assert told(read_bytes("a.zip", packed(members))) == [("a.zip/a.txt", "Uno.")]


def test_a_pdf_in_an_archive_keeps_its_pages(read_bytes: ReadBytes) -> None:
    (article,) = read_bytes("a.zip", packed({"faro.pdf": (GOLDEN / "faro.pdf").read_bytes()}))
    assert isinstance(article, Article)
    assert (article.source, len(article.pages)) == ("a.zip/faro.pdf", 3)


def test_a_table_in_an_archive_has_its_mapping(read_bytes: ReadBytes) -> None:
    table, mapping = "T;X\nFaro;Il faro.\n", 'title = "T"\ntext = "X"'
    for place in ("d/a.csv.mapping.toml", "d/mapping.toml"):
        assert told(read_bytes("a.zip", packed({"d/a.csv": table, place: mapping}))) == [("a.zip/d/a.csv", "Il faro.")]


def test_an_archive_in_an_archive_is_opened_one_in_that_is_not(read_bytes: ReadBytes) -> None:
    inner = packed({"c.txt": "Uno.", "d.zip": packed({"e.txt": "Due."})})
    assert told(read_bytes("a.zip", packed({"b.zip": inner}))) == [
        ("a.zip/b.zip/c.txt", "Uno."),
        ("a.zip/b.zip/d.zip", "is an archive within archives: unpack one of them"),
    ]


@pytest.mark.parametrize(
    "name",
    ["../../out.txt", "/etc/out.txt", "..\\..\\out.txt", "C:\\out.txt", "a/../../out.txt", "x" * 300 + "/out.txt"],
)
def test_nothing_is_written_outside_whatever_members_are_called(tmp_path: Path, name: str) -> None:
    folder = tmp_path / "one" / "two"
    folder.mkdir(parents=True)
    path = folder / "a.zip"
    path.write_bytes(packed({name: "Il faro."}))
    (article,) = read(SourceFile(path=path, name="a.zip"))
    assert isinstance(article, Article)
    assert (article.text, ".." in article.source) == ("Il faro.", False)
    assert [found for found in tmp_path.rglob("*") if found.is_file()] == [path]


def test_a_bomb_is_skipped_without_being_unpacked(read_bytes: ReadBytes) -> None:
    bomb = packed({"a.txt": bytes(60_000_000)})
    assert len(bomb) < 100_000
    reason = "would unpack to more than 200 times its size: no text does that"
    assert read_bytes("a.zip", bomb) == [Skipped(source="a.zip", reason=reason)]
    assert told(read_bytes("b.zip", packed({"a.zip": bomb}))) == [("b.zip/a.zip", reason)]


def test_a_member_gives_no_more_than_the_archive_says_it_holds(read_bytes: ReadBytes) -> None:
    """As a bomb would have it that lies about its size."""
    honest = packed({"a.txt": bytes(3_000_000)})
    lying = honest.replace((3_000_000).to_bytes(4, "little"), (3000).to_bytes(4, "little"))
    assert told(read_bytes("a.zip", lying)) == [("a.zip/a.txt", "is damaged: it cannot be unpacked")]


def test_an_archive_of_too_much_or_too_many_is_skipped(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    path.write_bytes(packed({"a.txt": "Il faro. " * 1000, "b.txt": "La nave. " * 1000}))
    (found,) = read(SourceFile(path=path, name="a.zip", most=10_000))
    assert found == Skipped(source="a.zip", reason="would unpack to more than 0 MB: unpack it")
    path.write_bytes(packed({f"{number}.txt": "x" for number in range(10_001)}, zipfile.ZIP_STORED))
    (found,) = read(SourceFile(path=path, name="a.zip"))
    assert found == Skipped(source="a.zip", reason="holds more than 10,000 files: unpack it")


def test_locked_members_links_and_damaged_ones_are_named_and_the_others_read(read_bytes: ReadBytes) -> None:
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w") as archive:
        link = zipfile.ZipInfo("link.txt")
        link.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(link, "/etc/passwd")
        archive.writestr("broken.txt", "La rete.")
        archive.writestr("locked.txt", "La vela.")
        archive.writestr("good.txt", "Il faro.")
    content = whole.getvalue().replace(b"La rete.", b"La r\xff\xff\xff.")
    for mark, offset in ((b"PK\3\4", 6), (b"PK\1\2", 8)):
        at = [at for at in range(len(content)) if content.startswith(mark, at)][2] + offset
        content = content[:at] + bytes([content[at] | 1]) + content[at + 1 :]
    assert told(read_bytes("a.zip", content)) == [
        ("a.zip/link.txt", "is a link; links are not followed"),
        ("a.zip/broken.txt", "is damaged: it cannot be unpacked"),
        ("a.zip/locked.txt", "is locked with a password: unpack it"),
        ("a.zip/good.txt", "Il faro."),
    ]


@pytest.mark.parametrize(
    "method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA], ids=str
)
def test_a_damaged_member_takes_no_other_along_however_it_is_packed(read_bytes: ReadBytes, method: int) -> None:
    content = packed({"a.txt": "La rete.", "b.txt": "Il faro."}, method)
    start = content.index(b"a.txt") + len("a.txt") + (4 if method == zipfile.ZIP_LZMA else 0)
    damaged = content[:start] + b"\xff" * 8 + content[start + 8 :]
    (first, reason), last = told(read_bytes("a.zip", damaged))
    assert (first, last) == ("a.zip/a.txt", ("a.zip/b.txt", "Il faro."))
    assert reason in ("is damaged: it cannot be unpacked", "cannot be unpacked (Invalid data stream)")


def test_a_member_without_a_name_is_passed_over(read_bytes: ReadBytes) -> None:
    content = packed({"-.txt": "La rete.", "a.txt": "Il faro."}).replace(b"-.txt", b"\0.txt")
    assert told(read_bytes("a.zip", content)) == [("a.zip/a.txt", "Il faro.")]


def test_a_member_whose_name_is_too_long_for_the_disk_is_read_with_its_mapping(read_bytes: ReadBytes) -> None:
    name = "灯" * 150 + ".csv"
    content = packed({name: "T\nIl faro.\n", f"{name}.mapping.toml": 'text = "T"'})
    assert told(read_bytes("a.zip", content)) == [(f"a.zip/{name}", "Il faro.")]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "is empty"),
        (b"PK\3\4 and no more", "is no archive"),
        (packed({"è.txt": "Il faro."}).replace("è".encode(), b"\xc3("), "is damaged: it cannot be unpacked"),
        (
            packed({"a.txt": "Il faro."}).replace(b"PK\1\2\x14\3\x14", b"PK\1\2\x14\3\xff"),
            "is packed in a way that is not known here: unpack it",
        ),
        (
            b"PK\5\6" + bytes(8) + b"\xff\xff\xff\xff" + bytes(6),
            "holds more than 10,000 files, or is enormous: unpack it",
        ),
    ],
    ids=["nothing", "start", "no name", "another version", "endless list"],
)
def test_what_is_no_archive_is_skipped_with_the_reason(read_bytes: ReadBytes, content: bytes, reason: str) -> None:
    assert read_bytes("a.zip", content) == [Skipped(source="a.zip", reason=reason)]
