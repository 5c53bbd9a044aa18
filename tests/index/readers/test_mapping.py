"""Tables and objects are articles by what their columns are called, or by a mapping beside them."""

import json
from datetime import date
from pathlib import Path

import pytest

from index.article import Article
from index.readers import Skipped, SourceFile, other_than_bytes, read
from index.readers.files import discover_files
from tests.index.readers.conftest import ReadBytes

NO_TEXT = (
    "has no column that is known to hold the text (there are: a, b); "
    'name it in a file {name}.mapping.toml beside it: text = "…"'
)


def articles(found: list[Article | Skipped]) -> list[tuple[str, str]]:
    return [(item.title, item.text) for item in found if isinstance(item, Article)]


@pytest.mark.parametrize("between", [",", ";", "\t", "|"])
def test_a_row_is_an_article_whatever_stands_between_its_columns(read_bytes: ReadBytes, between: str) -> None:
    rows = [
        ["ID", "Title ", "BODY", "Author", "Date", "Link", "Lang"],
        ["7", "The lamp", '"Lit ""again"".\n\nAt nine."', "Ada Neri", "2024-10-03 09:00", "https://x.org/7", "en"],
    ]
    (article,) = read_bytes("a.csv", "\r\n".join(map(between.join, rows)).encode("utf-16"))
    assert article == Article(
        id="7", title="The lamp", text='Lit "again".\n\nAt nine.', language="en", source="a.csv", author="Ada Neri",
        published=date(2024, 10, 3), url="https://x.org/7",
    )  # fmt: skip


@pytest.mark.parametrize("above", [b"\n", b"\r\n\r\n", b"sep=,\r\n", b"\nsep=;\n"])
def test_what_stands_above_the_names_of_the_columns_is_passed_over(read_bytes: ReadBytes, above: bytes) -> None:
    found = read_bytes("a.csv", above + b"title,text\nA,One.\nB,\n")
    assert articles(found) == [("A", "One.")]
    assert found[1:] == [Skipped(source=f"a.csv:{3 + above.count(10)}", reason="has no text")]


def test_rows_without_text_are_named_by_their_line(read_bytes: ReadBytes) -> None:
    found = read_bytes("a.csv", b"title,text\nA,One.\nB,\nC\nD,Two.,more\n")
    assert articles(found) == [("A", "One."), ("D", "Two.")]
    assert found[1:3] == [Skipped(source=f"a.csv:{line}", reason="has no text") for line in (3, 4)]


@pytest.mark.parametrize(
    "objects",
    [
        [{"title": "A", "text": "One."}, {"title": "B", "content": "Two.", "text": "Two."}],
        {"count": 2, "tags": ["x"], "items": [{"headline": "A", "body": "One."}, {"headline": "B", "body": "Two."}]},
    ],
    ids=["list", "list within"],
)
def test_an_object_is_an_article(read_bytes: ReadBytes, objects: object) -> None:
    assert articles(read_bytes("a.json", json.dumps(objects).encode())) == [("A", "One."), ("B", "Two.")]


def test_one_object_may_be_the_whole_article(read_bytes: ReadBytes) -> None:
    content = {"title": "A", "text": "One.", "authors": ["Ada", "Niccolò"], "comments": [{"text": "Two."}], "id": 7}
    (article,) = read_bytes("a.json", json.dumps(content).encode())
    assert isinstance(article, Article)
    assert (article.id, article.title, article.text, article.author) == ("7", "A", "One.", "Ada, Niccolò")


def test_paragraphs_of_a_list_are_kept_apart_by_blank_lines(read_bytes: ReadBytes) -> None:
    content = [{"title": "A", "body": ["One, two.", ["Three."], ""], "tags": ["x", "y"]}]
    (article,) = read_bytes("a.json", json.dumps(content).encode())
    assert isinstance(article, Article)
    assert (article.text, article.tags) == ("One, two.\n\nThree.", ("x", "y"))


@pytest.mark.parametrize(("depth", "author"), [(1, "Ada"), (10, "Ada"), (11, None), (500, None), (900, None)])
def test_lists_within_lists_are_told_to_some_depth(read_bytes: ReadBytes, depth: int, author: str | None) -> None:
    content = '{"text": "One.", "author": ' + "[" * depth + '"Ada"' + "]" * depth + "}"
    (article,) = read_bytes("a.json", content.encode())
    assert isinstance(article, Article)
    assert (article.text, article.author) == ("One.", author)


@pytest.mark.parametrize("name", ["a.csv", "a.json"])
def test_without_a_column_for_the_text_it_is_said_what_to_do(read_bytes: ReadBytes, name: str) -> None:
    content = b"a,b\n1,2\n" if name == "a.csv" else b'[{"a": 1, "b": 2}]'
    assert read_bytes(name, content) == [Skipped(source=name, reason=NO_TEXT.format(name=name))]


@pytest.mark.parametrize("place", ["a.csv.mapping.toml", "mapping.toml"])
def test_a_mapping_says_which_column_is_what(tmp_path: Path, read_bytes: ReadBytes, place: str) -> None:
    (tmp_path / place).write_text('text = ["question", "answer"]\ntitle = "question"\nlanguage = "l"\n')
    (article,) = read_bytes("a.csv", b"question,answer,text,l\nQuando?,Alle nove.,no,it\n")
    assert isinstance(article, Article)
    assert (article.title, article.text, article.language) == ("Quando?", "Quando?\n\nAlle nove.", "it")


@pytest.mark.parametrize(
    ("mapping", "reason"),
    [
        ('text = "c"', "has no column 'c', which its mapping names (there are: a, b)"),
        ("text =", "has a mapping, mapping.toml, that is not TOML"),
        ("text = " + "[" * 3000, "has a mapping, mapping.toml, that is not TOML (maximum recursion depth exceeded"),
        ("text = " + "9" * 5000, "has a mapping, mapping.toml, that is not TOML (Exceeds the limit (4300 digits)"),
        ('texte = "a"', "has a mapping, mapping.toml, whose 'texte' is none of: text, title, author, date, url, id"),
        ("text = 3", "has a mapping, mapping.toml, whose 'text' is none of:"),
    ],
)
def test_a_mapping_that_is_wrong_is_said_to_be(
    tmp_path: Path, read_bytes: ReadBytes, mapping: str, reason: str
) -> None:
    (tmp_path / "mapping.toml").write_text(mapping)
    (found,) = read_bytes("a.csv", b"a,b\n1,2\n")
    assert isinstance(found, Skipped)
    assert found.reason.startswith(reason)


def test_mappings_are_no_articles_and_a_changed_one_makes_a_changed_file(tmp_path: Path) -> None:
    for name in ("a.csv", "a.csv.mapping.toml", "mapping.toml", "b.txt"):
        (tmp_path / name).write_text(name)
    found = list(discover_files(tmp_path, suffixes=(".csv", ".txt")))
    assert [item.name for item in found if isinstance(item, SourceFile)] == ["a.csv", "b.txt"]
    assert len(found) == 2
    assert other_than_bytes(tmp_path / "a.csv") == b"a.csv.mapping.toml"
    assert other_than_bytes(tmp_path / "b.txt") == b""


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("a.csv", b"", "is empty"),
        ("a.csv", b"\x89PNG\0", "looks binary"),
        ("a.json", b"", "is empty"),
        ("a.json", b"{", "is not JSON"),
        ("a.json", b"[" * 100_000, "is not JSON"),
        ("a.json", b"[1, 2]", "holds no objects, of which each would be an article"),
    ],
)
def test_what_is_neither_is_skipped_with_the_reason(
    read_bytes: ReadBytes, name: str, content: bytes, reason: str
) -> None:
    assert read_bytes(name, content) == [Skipped(source=name, reason=reason)]


def test_a_table_that_breaks_off_gives_what_came_before(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(b'text\nOne.\n"' + b"x" * 20_000_001)
    first, last = read(SourceFile(path=path, name="a.csv"))
    assert isinstance(first, Article)
    assert isinstance(last, Skipped)
    assert last.reason.startswith("is no table that could be made out to its end (line ")
