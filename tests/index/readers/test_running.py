"""Of the edges of a PDF's pages goes what runs from page to page, and nothing that counts something else."""

from collections.abc import Sequence

import pytest

from index.article import Article
from tests.index.readers.conftest import ReadBytes
from tests.index.readers.pdfs import Words, lines, pdf_of


def text_of(read_bytes: ReadBytes, pages: Sequence[Sequence[Words]]) -> str:
    (article,) = read_bytes("the-lamp.pdf", pdf_of(pages))
    assert isinstance(article, Article), article
    return article.text


@pytest.mark.parametrize(
    "heads",
    [
        ["The Carrow Gazette"] * 4,
        ["Page 9 of 12", "Page 10 of 12", "Page 11 of 12", "Page 12 of 12"],
        ["viii", "ix", "x", "xi"],
        ["8  Carrow 2024", "The lamp  9", "10  Carrow 2024", "The lamp  11"],
        ["12  Carrow", "13", "14  Carrow", "15  Carrow"],
        ["10 – 11", "12 – 13", "14 – 15", "16 – 17"],
    ],
    ids=["same", "page of pages", "roman", "left and right", "number alone", "two pages to a sheet"],
)
@pytest.mark.parametrize("at", [770, 30])
def test_what_runs_from_page_to_page_is_left_out(read_bytes: ReadBytes, heads: list[str], at: int) -> None:
    assert_left_out(read_bytes, heads, at=at, size=10)


@pytest.mark.parametrize("heads", [["The Carrow Gazette"] * 4, ["8", "9", "10", "11"]], ids=["same", "number alone"])
def test_what_is_the_same_or_a_number_alone_runs_however_large_it_is(read_bytes: ReadBytes, heads: list[str]) -> None:
    assert_left_out(read_bytes, heads, at=770, size=18)


def assert_left_out(read_bytes: ReadBytes, heads: list[str], *, at: int, size: int) -> None:
    bodies = ("It was lit again.", "Nobody knew why.", "It went out.", "Nobody wept.")
    pages = [[*lines(head, top=at, size=size), *lines(body)] for head, body in zip(heads, bodies, strict=True)]
    assert text_of(read_bytes, pages) == "\n\n".join(bodies)


@pytest.mark.parametrize(
    ("size", "tops"),
    [
        (18, ["Room 1", "Room 2", "Room 3"]),
        (10, ["In 1990 it took in 25 boats.", "In 1991 it took in 30 boats.", "In 1992 it took in 35 boats."]),
        (10, ["1901, 37 boats", "1946, 37 boats", "1991, 37 boats"]),
        (10, ["1901", "1946", "1991"]),
    ],
    ids=["headings", "sentences", "rows", "cells"],
)
@pytest.mark.parametrize("at", [770, 30])
def test_numbers_that_do_not_count_the_pages_are_text(
    read_bytes: ReadBytes, size: int, tops: list[str], at: int
) -> None:
    pages = [
        [*lines(top, top=at, size=size), *lines("The lamp of Carrow Point was lit again on Thursday.")] for top in tops
    ]
    text = text_of(read_bytes, pages)
    assert [top for top in tops if top not in text] == []


def test_a_table_that_goes_on_over_the_page_keeps_all_its_rows(read_bytes: ReadBytes) -> None:
    rows = [(str(year), f"{year % 7} boats") for year in range(1901, 2001)]
    pages = [
        [
            (left, 770 - 15 * number, 10.0, cell)
            for number, row in enumerate(rows[begin : begin + 50])
            for left, cell in zip((72, 300), row, strict=True)
        ]
        for begin in (0, 50)
    ]
    text = text_of(read_bytes, pages)
    assert text.split() == [word for row in rows for word in " | ".join(row).split()]
