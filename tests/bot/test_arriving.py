"""Files that were sent to the bot, before and after somebody decides about them."""

import gzip
import json
import os
import time
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.arriving import LARGEST, Arriving, NotTaken, kept_name
from index.readers import READERS
from index.readers.jsonl import TOO_LONG

BREAD = b"Bread\n\nThe bakery in Via Lunga opens at six in the morning."
KINDS = ", ".join(READERS)


@pytest.fixture
def arriving(tmp_path: Path) -> Arriving:
    return Arriving(tmp_path)


def lines(*texts: str) -> bytes:
    return "\n".join(json.dumps({"id": text, "title": text, "text": f"{text} is here."}) for text in texts).encode()


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("bread.txt", "bread.txt"),
        ("Il pane (2).MD", "Il pane (2).MD"),
        ("../../etc/passwd.txt", "passwd.txt"),
        ("C:\\articles\\bread.txt", "bread.txt"),
        ("/", ""),
        ("..", ""),
        (".hidden.txt", "hidden.txt"),
        ("a\nb\u202etxt.exe\0.txt", "a_b_txt.exe_.txt"),
        ("perche\u0301.txt", "perché.txt"),
        ("questions.jsonl", "sent-questions.jsonl"),
        ("漢" * 100 + ".txt", "漢" * 65 + ".txt"),
        ("a" * 100 + "." + "b" * 195 + ".txt", "b" * 195 + ".txt"),
    ],
)
def test_a_name_is_kept_as_far_as_a_folder_and_the_indexer_take_it(name: str, kept: str) -> None:
    assert kept_name(name) == kept


@given(st.text())
def test_whatever_the_name_it_stays_in_its_folder_and_in_sight(name: str) -> None:
    kept = kept_name(f"{name}.txt")
    assert Path(kept).name == kept
    assert not kept.startswith(".")
    assert len(kept.encode()) <= 200
    assert kept_name(kept) == kept


@pytest.mark.parametrize("name", [None, "", "bread", "bread.exe", "bread.txt.exe", ".txt"])
def test_a_kind_that_nothing_reads_is_not_taken(arriving: Arriving, name: str | None) -> None:
    with pytest.raises(NotTaken, match="file-unreadable") as refused:
        arriving.check(name, 10)
    assert refused.value.values == {"kinds": KINDS}


def test_a_file_of_twenty_megabytes_is_taken_and_one_byte_more_is_not(arriving: Arriving) -> None:
    assert arriving.check("bread.txt", LARGEST) == "bread.txt"
    assert arriving.check("bread.txt", None) == "bread.txt"
    with pytest.raises(NotTaken, match="file-too-large") as refused:
        arriving.check("bread.txt", LARGEST + 1)
    assert refused.value.values == {"most": 20}


def test_what_a_file_holds_is_told_before_it_counts(arriving: Arriving, tmp_path: Path) -> None:
    arrival = arriving.look_at("bread.txt", BREAD)
    (article,) = arrival.articles
    assert (article.title, article.text, article.source) == ("Bread", BREAD.decode(), "bread.txt")
    assert (arrival.name, arrival.count, arrival.skipped, arrival.replaces) == ("bread.txt", 1, (), False)
    assert not (tmp_path / "sent").exists()


def test_of_many_articles_the_first_are_kept_and_all_are_counted(arriving: Arriving) -> None:
    packed = gzip.compress(lines(*"abcdefgh") + b"\nno JSON" * 7)
    arrival = arriving.look_at("many.jsonl.gz", packed)
    assert [article.title for article in arrival.articles] == ["a", "b", "c", "d", "e"]
    assert (arrival.count, arrival.unread, arrival.more) == (8, 7, False)
    assert [each.source for each in arrival.skipped] == [f"many.jsonl.gz:{number}" for number in range(9, 14)]
    assert {each.reason for each in arrival.skipped} == {"is not JSON"}


@pytest.mark.parametrize(("articles", "unread", "more"), [(9_998, 2, False), (9_998, 3, True), (10_001, 0, True)])
def test_ten_thousand_entries_are_counted_and_no_more(arriving, articles: int, unread: int, more: bool) -> None:
    content = b"no JSON\n" * unread + lines(*map(str, range(articles)))
    arrival = arriving.look_at("many.jsonl.gz", gzip.compress(content))
    assert arrival.more is more
    assert (arrival.count, arrival.unread) == (min(articles, 10_000 - unread), unread)


def test_of_a_packed_file_no_more_than_200_megabytes_are_unpacked(arriving: Arriving) -> None:
    packed = gzip.compress(lines("a") + b"\n" + (b"." * 19_000_000 + b"\n") * 11, compresslevel=1)
    arrival = arriving.look_at("large.jsonl.gz", packed)
    assert (arrival.count, arrival.unread, arrival.more) == (1, 10, True)


def test_a_packed_file_of_empty_lines_without_an_end_is_left(arriving: Arriving, tmp_path: Path) -> None:
    with pytest.raises(NotTaken, match="file-empty") as refused:
        arriving.look_at("empty.jsonl.gz", gzip.compress(b"\n" * 4_000_000))
    assert refused.value.values == {"reason": TOO_LONG}
    assert list((tmp_path / "arriving").iterdir()) == []


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("a.txt", b"", "is empty"),
        ("a.md", b" \n ... \n", "has no words"),
        ("a.txt", b"\x7fELF\0\0\1\2", "looks binary"),
        ("a.jsonl", b"", "—"),
        ("a.jsonl", b'{"title": "x"}', "has no text"),
        ("a.jsonl", b"[" * 100_000, "is not JSON"),
        ("a.jsonl.gz", b"no gzip", "is damaged: what comes after is missing"),
        ("a.jsonl.gz", gzip.compress(lines("a"))[:25], "is damaged: what comes after is missing"),
    ],
)
def test_a_file_without_an_article_is_not_kept_and_the_reason_is_told(
    arriving: Arriving, tmp_path: Path, name: str, content: bytes, reason: str
) -> None:
    with pytest.raises(NotTaken, match="file-empty") as refused:
        arriving.look_at(name, content)
    assert refused.value.values == {"reason": reason}
    assert list((tmp_path / "arriving").iterdir()) == []


def test_what_is_taken_moves_to_the_articles_once_and_is_known_for_a_day(arriving: Arriving, tmp_path: Path) -> None:
    arrival = arriving.look_at("bread.txt", BREAD)
    assert arriving.take(arrival.token) == "bread.txt"
    assert (tmp_path / "sent" / "bread.txt").read_bytes() == BREAD
    (tmp_path / "sent" / "bread.txt").write_text("a newer one")
    assert arriving.take(arrival.token) == "bread.txt"
    assert (tmp_path / "sent" / "bread.txt").read_text() == "a newer one"
    yesterday = time.time() - 86_500
    os.utime(tmp_path / "arriving" / arrival.token, (yesterday, yesterday))
    arriving.tidy()
    assert arriving.take(arrival.token) is None
    assert list((tmp_path / "arriving").iterdir()) == []


def test_a_file_of_a_name_that_was_sent_before_takes_its_place(arriving: Arriving, tmp_path: Path) -> None:
    arriving.take(arriving.look_at("bread.txt", BREAD).token)
    again = arriving.look_at("bread.txt", BREAD.replace(b"six", b"seven"))
    assert again.replaces
    assert arriving.take(again.token, replacing=True) == "bread.txt"
    assert [path.read_bytes() for path in (tmp_path / "sent").iterdir()] == [BREAD.replace(b"six", b"seven")]


def test_of_two_files_of_one_name_the_second_takes_no_place_that_nobody_knew_of(
    arriving: Arriving, tmp_path: Path
) -> None:
    first, second = (arriving.look_at("bread.txt", BREAD + hour) for hour in (b"six", b"seven"))
    assert arriving.take(first.token) == "bread.txt"
    assert arriving.take(second.token) == replace(second, replaces=True)
    assert (tmp_path / "sent" / "bread.txt").read_bytes() == BREAD + b"six"
    assert arriving.take(second.token, replacing=True) == "bread.txt"
    assert (tmp_path / "sent" / "bread.txt").read_bytes() == BREAD + b"seven"


def test_what_is_discarded_is_gone(arriving: Arriving, tmp_path: Path) -> None:
    arrival = arriving.look_at("bread.txt", BREAD)
    arriving.discard(arrival.token)
    assert arriving.take(arrival.token) is None
    assert list((tmp_path / "arriving").iterdir()) == []


@pytest.mark.parametrize("token", ["", "..", "../../secret", "*", "0123456789ab"])
def test_a_token_that_was_never_given_names_nothing(arriving: Arriving, tmp_path: Path, token: str) -> None:
    arriving.look_at("bread.txt", BREAD)
    assert arriving.take(token) is None
    arriving.discard(token)
    assert len(list((tmp_path / "arriving").iterdir())) == 1


def test_what_nobody_decided_about_for_a_day_is_dropped(arriving: Arriving, tmp_path: Path) -> None:
    old, young = (arriving.look_at("bread.txt", BREAD).token for _ in range(2))
    yesterday = time.time() - 86_500
    os.utime(tmp_path / "arriving" / old, (yesterday, yesterday))
    arriving.tidy()
    assert (arriving.take(old), arriving.take(young)) == (None, "bread.txt")


def test_where_nothing_was_ever_sent_there_is_nothing_to_tidy(arriving: Arriving) -> None:
    arriving.tidy()
