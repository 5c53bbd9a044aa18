"""Bytes become text in whatever encoding, and fields become what can be shown and sent."""

from contextlib import suppress
from datetime import date, datetime

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from index.readers.making import Unreadable, day, decoded, make_article, one_line, settled, web_address

ITALIAN = "Perché il faro è spento? “Così è”, disse. L’età non c’entra più."
RUSSIAN = "Библиотека на катере «Ёлка» открыта каждый день, кроме воскресенья. Приходите читать."
ANY_TEXT = st.text(st.characters()) | st.text("a\0\x07\u200b\u200d\ufeff\ud83d\udca9\r\n\t è", max_size=20)


@pytest.mark.parametrize(
    ("encoding", "text"),
    [
        ("utf-8", ITALIAN),
        ("utf-8-sig", ITALIAN),
        ("utf-16", ITALIAN),
        ("utf-32", RUSSIAN),
        ("utf-16", RUSSIAN + " 👋🏽 你好"),
        ("cp1252", ITALIAN),
        ("cp1251", RUSSIAN * 3),
        ("koi8-r", RUSSIAN.replace("«", "").replace("»", "") * 3),
        ("ascii", "plain"),
    ],
)
def test_text_is_decoded_whatever_its_encoding(encoding: str, text: str) -> None:
    assert decoded(text.encode(encoding)) == text


@pytest.mark.parametrize(("mark", "encoding"), [(b"\xfe\xff", "utf-16-be"), (b"\0\0\xfe\xff", "utf-32-be")])
def test_big_endian_text_is_told_by_its_mark(mark: bytes, encoding: str) -> None:
    assert decoded(mark + ITALIAN.encode(encoding)) == ITALIAN


@pytest.mark.parametrize("text", [ITALIAN, RUSSIAN, "灯塔矗立在海边。"])
def test_a_damaged_character_leaves_the_others_as_they_are(text: str) -> None:
    for data in (text.encode() + b" \xe8 ", b"\xe8 " + text.encode(), text.encode()[:-1] + "è".encode()[:1]):
        assert "\ufffd" in decoded(data)
        assert text[:-1] in decoded(data)
    assert decoded(text.encode("utf-16")[:-1]) == text[:-1] + "\ufffd"


@pytest.mark.parametrize(
    "text", ["Perché no?", "“È così”, disse la signora Rossi.", "El Niño llega tarde, ¿sí? Pues nada más."]
)
def test_a_few_letters_with_accents_are_no_damaged_utf8(text: str) -> None:
    assert decoded(text.encode("cp1252")) == text


@pytest.mark.parametrize(
    "data",
    [
        b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR",
        bytes(range(256)) * 20,
        b"PK\x03\x04\x14\0\0\0",
        b"\xff\xfe\x00\xd8",
        b"\x81\x01" * 60,
    ],
    ids=["image", "all bytes", "zip", "half a surrogate", "controls"],
)
def test_binary_data_is_told_from_text(data: bytes) -> None:
    with pytest.raises(Unreadable, match="looks binary"):
        decoded(data)


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0\ufeff")))
def test_utf8_comes_through_unchanged(text: str) -> None:
    assert decoded(text.encode()) == text


@given(st.binary(max_size=400))
def test_any_bytes_are_text_or_a_reason(data: bytes) -> None:
    with suppress(Unreadable):
        assert isinstance(decoded(data), str)


@given(ANY_TEXT)
@example("\ud800 a\r\rb\x00c\ufeff")
def test_settled_text_can_be_sent_and_stays_as_it_is(text: str) -> None:
    once = settled(text)
    assert settled(once) == once
    assert not set(once) & {"\r", "\0", "\x07", "\x7f"}
    once.encode()


def test_every_end_of_a_line_is_kept_as_one() -> None:
    assert settled("a\r\nb\rc\x0bd\x0ce\n\x0cf") == "a\nb\nc\nd\ne\n\nf"


@given(ANY_TEXT)
def test_a_title_is_one_short_line_without_what_cannot_be_seen(text: str) -> None:
    line = one_line(text)
    assert line == " ".join(line.split())
    assert len(line) <= 300
    assert not set(line) & {"\n", "\u200b", "\ufeff", "\u202e"}


@pytest.mark.parametrize(
    ("text", "line"),
    [
        (" Il\n\tfaro  ", "Il faro"),
        ("Il\u200b\u202efaro\ufeff", "Ilfaro"),
        ("famiglia 👩‍👩‍👧", "famiglia 👩‍👩‍👧"),
        ("کتاب\u200cها\u200c", "کتاب\u200cها"),
        ("Il\x0bfaro\x0c", "Il faro"),
        ("\u200d \u200c", ""),
        ("a" * 400, "a" * 299 + "…"),
        ("\u2028", ""),
    ],
)
def test_titles_are_settled(text: str, line: str) -> None:
    assert one_line(text) == line


@pytest.mark.parametrize(
    ("url", "kept"),
    [
        ("https://example.org/a?b=c#d", "https://example.org/a?b=c#d"),
        (" http://example.org ", None),
        ("HTTPS://example.org/è", "https://example.org/è"),
        ("javascript:alert(1)", None),
        ("file:///etc/passwd", None),
        ("https:///nowhere", None),
        ("https://a b.org", None),
        ("https://a.org/\n", None),
        ("https://a.org/\ud800", None),
        ("https://a.org/\0", None),
        ("http://[::1", None),
        ("", None),
        (None, None),
    ],
)
def test_only_an_address_that_a_reader_may_be_sent_to_is_kept(url: str | None, kept: str | None) -> None:
    assert web_address(url) == kept


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (date(2024, 1, 2), date(2024, 1, 2)),
        (datetime(2024, 1, 2, 23, 59), date(2024, 1, 2)),
        (" 2024-01-02 ", date(2024, 1, 2)),
        ("2024-13-02", None),
        ("", None),
        (20240102, None),
        (None, None),
    ],
)
def test_a_day_is_a_date_or_nothing(value: object, expected: date | None) -> None:
    assert day(value) == expected


@pytest.mark.parametrize(
    ("given_language", "language"),
    [
        *[(" it ", "it"), ("IT-it", "it"), ("pt_BR", "pt"), ("rus", "rus")],
        *[("1x", "en"), ("English", "en"), ("und", "en"), (None, "en")],
    ],
)
def test_a_language_is_a_short_code_or_found_in_the_text(given_language: str | None, language: str) -> None:
    text = "The keepers of the lighthouse write their own timetable."
    assert make_article(text, source="a.txt", title="T", language=given_language).language == language


def test_an_article_without_an_id_is_named_by_source_title_and_text() -> None:
    article = make_article("Il faro.", source="a.txt", title="T")
    assert article.id == make_article("Il faro.", source="a.txt", title=" T ", author="Ada").id
    others = [("Il faro!", "a.txt", "T"), ("Il faro.", "b.txt", "T"), ("Il faro.", "a.txt", "U")]
    ids = {make_article(text, source=source, title=title).id for text, source, title in others}
    assert len(ids | {article.id}) == 4


def test_an_article_without_a_title_is_called_by_its_source() -> None:
    assert make_article("Il faro.", source="a.txt", title="\u200b").title == "a.txt"


@pytest.mark.parametrize(("text", "reason"), [("", "is empty"), (" \n\ufeff", "is empty"), ("— … !", "has no words")])
def test_a_text_without_words_is_no_article(text: str, reason: str) -> None:
    with pytest.raises(Unreadable, match=f"^{reason}$"):
        make_article(text, source="a.txt", title="T")
