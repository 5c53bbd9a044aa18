"""JSON lines are articles one by one; what is wrong with one line costs only that line."""

import gzip
import json
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.article import Article
from index.readers import Skipped, SourceFile, read
from tests.index.readers.conftest import ReadBytes

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(st.characters(), max_size=8) | st.just("\ud800"),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=3),
    max_leaves=5,
)
FIELDS = ("id", "title", "lang", "author", "published", "url", "text")


def lines(*articles: dict[str, object]) -> bytes:
    return "\n".join(json.dumps(article) for article in articles).encode()


def test_every_field_of_a_line_is_kept(read_bytes: ReadBytes) -> None:
    (article,) = read_bytes(
        "a.jsonl",
        lines(
            {"id": 7, "title": "Il faro", "lang": "IT-it", "author": "Ada", "published": "2024-10-03T21:05:00Z",
             "url": "https://example.org/7", "text": "Il faro\u0000 è spento.\r\nDa anni."}
        ),
    )  # fmt: skip
    assert article == Article(
        id="7",
        title="Il faro",
        text="Il faro è spento.\nDa anni.",
        language="it",
        source="a.jsonl",
        author="Ada",
        published=date(2024, 10, 3),
        url="https://example.org/7",
    )


def test_a_bad_line_is_reported_by_its_number_and_the_others_are_read(read_bytes: ReadBytes) -> None:
    content = b"\n".join(
        [
            b'\xef\xbb\xbf{"id": "a", "text": "uno"}',
            b"{no json",
            b'{"id": "b"}',
            b"",
            b"[1, 2]",
            b'{"id": "c", "text": 5}',
            b'{"id": "d", "text": " ... "}',
            b'{"id": "e", "text": "\\n"}',
            b"[" * 100_000,
            b'{"id": ' + b"1" * 5000 + b', "text": "x"}',
            b'{"id": "f", "text": "due"}',
        ]
    )
    found = read_bytes("a.jsonl", content)
    assert [(item.source, item.reason) if isinstance(item, Skipped) else item.id for item in found] == [
        "a",
        ("a.jsonl:2", "is not JSON"),
        ("a.jsonl:3", "has no text"),
        ("a.jsonl:5", "has no text"),
        ("a.jsonl:6", "has no text"),
        ("a.jsonl:7", "has no words"),
        ("a.jsonl:8", "is empty"),
        ("a.jsonl:9", "is not JSON"),
        ("a.jsonl:10", "is not JSON"),
        "f",
    ]


def test_a_line_without_a_title_is_called_by_how_it_begins(read_bytes: ReadBytes) -> None:
    (article,) = read_bytes("a.jsonl", lines({"text": "Il faro\nè spento " + "da anni " * 30}))
    assert isinstance(article, Article)
    assert article.title.startswith("Il faro è spento da anni")
    assert len(article.title) <= 80


def test_lines_without_ids_have_ids_by_content(read_bytes: ReadBytes) -> None:
    first, second, third = read_bytes("a.jsonl", lines({"text": "uno"}, {"text": "due"}, {"text": "uno"}))
    assert isinstance(first, Article)
    assert isinstance(second, Article)
    assert first == third
    assert first.id != second.id


def test_compressed_lines_read_like_others(read_bytes: ReadBytes) -> None:
    content = lines({"id": "a", "text": "uno"}, {"id": "b", "text": "due"})
    plain = read_bytes("a.jsonl", content)
    packed = read_bytes("a.jsonl.gz", gzip.compress(content))
    assert [(item.id, item.text) for item in packed if isinstance(item, Article)] == [("a", "uno"), ("b", "due")]
    assert len(plain) == len(packed)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-32"])
@pytest.mark.parametrize("name", ["a.jsonl", "a.jsonl.gz"])
def test_a_byte_order_mark_tells_the_encoding_of_all_lines(read_bytes: ReadBytes, name: str, encoding: str) -> None:
    texts = ["Il faro è spento.\u2028", "{", "灯塔\u0a0a👩"]
    content = "\r\n".join(text if text == "{" else f'{{"text": "{text}"}}' for text in texts).encode(encoding)
    found = read_bytes(name, gzip.compress(content) if name.endswith(".gz") else content)
    assert [item.reason if isinstance(item, Skipped) else item.text for item in found] == [
        "Il faro è spento.\u2028", "is not JSON", "灯塔\u0a0a👩",
    ]  # fmt: skip


@pytest.mark.parametrize("damage", ["cut", "flipped", "no gzip"])
def test_a_damaged_archive_gives_what_comes_before_and_says_so(read_bytes: ReadBytes, damage: str) -> None:
    content = lines(*({"id": str(number), "text": f"testo {number * 7919}"} for number in range(2000)))
    packed = bytearray(gzip.compress(content))
    if damage == "cut":
        del packed[len(packed) // 2 :]
    elif damage == "flipped":
        packed[-8] ^= 255
    else:
        packed = bytearray(content)
    *before, last = read_bytes("a.jsonl.gz", bytes(packed))
    assert last == Skipped(source="a.jsonl.gz", reason="is damaged: what comes after is missing")
    assert [item.id for item in before if isinstance(item, Article)] == [str(number) for number in range(len(before))]
    assert (len(before) > 0) is (damage != "no gzip")


def test_a_line_without_an_end_is_reported_not_read(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl.gz"
    with gzip.open(path, "wb", compresslevel=1) as file:
        file.write(b'{"id": "a", "text": "uno"}\n{"text": "')
        for _ in range(21):
            file.write(b"x" * 1_000_000)
    first, last = read(SourceFile(path=path, name="a.jsonl.gz"))
    assert isinstance(first, Article)
    assert last == Skipped(source="a.jsonl.gz", reason="has a line, number 2, without an end: what comes after is left")


@given(fields=st.dictionaries(st.sampled_from(FIELDS), JSON), text=st.text(max_size=20))
def test_whatever_the_fields_hold_an_article_or_a_reason_comes_of_it(
    tmp_path_factory: pytest.TempPathFactory, fields: dict[str, object], text: str
) -> None:
    path = tmp_path_factory.getbasetemp() / "any.jsonl"
    path.write_text(json.dumps({"text": text, **fields}) + "\n")
    (found,) = read(SourceFile(path=path, name="any.jsonl"))
    if isinstance(found, Article):
        for shown in (found.id, found.title, found.text, found.author or "", found.url or ""):
            assert "\0" not in shown
            shown.encode()
