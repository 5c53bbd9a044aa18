"""PDFs give the text that a reader of their pages sees; the worst of them cost some seconds and a reason."""

import zlib
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.article import Article
from index.readers import Skipped, SourceFile
from index.readers.drawn import Page, Piece, rows_of, without_running
from index.readers.lines import lines_of
from index.readers.making import Unreadable, settled
from index.readers.paragraphs import flowing_text
from index.readers.pdf import read_pdf
from tests.index.readers.conftest import ReadBytes
from tests.index.readers.pdfs import lines, pdf_of, pdf_with

LINES = ["The lamp of Carrow Point was lit again on Thursday", "night, after eleven years, before two hundred people."]
NO_TEXT = "is a scan: its pages hold no text; run it through OCR first"
DAMAGED = "is damaged: no PDF that could be opened"


def read_one(read_bytes: ReadBytes, content: bytes) -> Article:
    (article,) = read_bytes("the-lamp.pdf", content)
    assert isinstance(article, Article), article
    return article


def test_lines_become_the_paragraph_that_they_were_broken_from(read_bytes: ReadBytes) -> None:
    assert read_one(read_bytes, pdf_of([lines(*LINES)])).text == " ".join(LINES)


@pytest.mark.parametrize(
    ("about", "title", "author", "published"),
    [
        ({}, "the lamp", None, None),
        ({"Title": "The lamp", "Author": "Helen Draycott"}, "The lamp", "Helen Draycott", None),
        ({"Title": "Microsoft Word - lamp.docx", "Author": "user"}, "the lamp", None, None),
        ({"Title": "lamp_final2.indd", "Author": " "}, "the lamp", None, None),
        ({"CreationDate": "D:20241003081200+02'00'"}, "the lamp", None, date(2024, 10, 3)),
        ({"CreationDate": "yesterday"}, "the lamp", None, None),
    ],
)
def test_what_a_file_says_about_itself_counts_unless_a_program_said_it(
    read_bytes: ReadBytes, about: dict[str, str], title: str, author: str | None, published: date | None
) -> None:
    article = read_one(read_bytes, pdf_of([lines(*LINES)], about))
    assert (article.title, article.author, article.published) == (title, author, published)


def test_a_title_is_else_what_is_printed_largest_on_the_first_page(read_bytes: ReadBytes) -> None:
    page = [*lines("A lamp that", "burns again", size=14, top=740), *lines(*LINES)]
    article = read_one(read_bytes, pdf_of([page]))
    assert article.title == "A lamp that burns again"
    assert article.text == f"A lamp that burns again\n\n{' '.join(LINES)}"


def test_pages_are_known_by_the_characters_that_they_begin_with(read_bytes: ReadBytes) -> None:
    article = read_one(read_bytes, pdf_of([lines(*LINES), [], lines("and one who wept."), []]))
    assert article.text == " ".join([*LINES, "", "and one who wept."]).replace("  ", "\n\n").replace(
        ". and", ".\n\nand"
    )
    begin = article.text.index("and one who")
    assert article.pages == (0, begin, begin, len(article.text))
    assert [article.page_at(at) for at in (0, begin - 1, begin)] == [(1, 4), (1, 4), (3, 4)]


def test_a_paragraph_goes_on_over_the_page_without_heads_feet_and_numbers(read_bytes: ReadBytes) -> None:
    pages = [
        [*lines(f"The Carrow Gazette {number}", top=770), *lines(*body), *lines(f"- {number} -", left=290, top=30)]
        for number, body in ((8, [LINES[0]]), (9, LINES[1:]))
    ]
    article = read_one(read_bytes, pdf_of(pages))
    assert article.text == " ".join(LINES)
    assert article.pages == (0, len(LINES[0]) + 1)


def test_what_stands_in_a_margin_of_one_page_alone_is_kept(read_bytes: ReadBytes) -> None:
    pages = [[*lines("The Carrow Gazette", top=770), *lines(*LINES)], lines(*LINES)]
    assert read_one(read_bytes, pdf_of(pages)).text.startswith("The Carrow Gazette\n\n")


@pytest.mark.parametrize(
    ("end", "begin", "text"),
    [
        ("They lit the lan-", "tern at nine.", "They lit the lantern at nine."),
        ("They lit the lan\u00ad", "tern at nine.", "They lit the lantern at nine."),
        ("The ferry of Saint-", "Martin is late.", "The ferry of Saint-Martin is late."),
        ("He served from 1990-", "1995 on the rock.", "He served from 1990-1995 on the rock."),
        ("A book of log-book size, a log-", "book of soup.", "A book of log-book size, a log-book of soup."),
        ("The keepers shut the well-", "known door.", "The keepers shut the wellknown door."),
        ("Well water is known; the well-", "known door.", "Well water is known; the well-known door."),
        ("Die Haupt-", "und Nebenstraße.", "Die Haupt- und Nebenstraße."),
    ],
)
def test_hyphens_go_where_they_were_the_printers(read_bytes: ReadBytes, end: str, begin: str, text: str) -> None:
    assert read_one(read_bytes, pdf_of([lines(end, begin)])).text == text


def test_a_table_keeps_its_rows_and_cells(read_bytes: ReadBytes) -> None:
    rows = [
        (left, top, 10.0, text)
        for top, row in ((600, "ab"), (588, "cd"))
        for left, text in zip((72, 300), row, strict=True)
    ]
    page = [*lines(*LINES), *rows]
    assert read_one(read_bytes, pdf_of([page])).text == f"{' '.join(LINES)}\n\na | b\nc | d"


@pytest.mark.parametrize(
    ("line", "text"),
    [("2.1 Naming . . . . . . . 3", "2.1 Naming | 3"), ("Wait.......", "Wait......."), ("." * 9 + " 7", "| 7")],
)
def test_dots_that_lead_to_a_page_number_part_cells(read_bytes: ReadBytes, line: str, text: str) -> None:
    assert read_one(read_bytes, pdf_of([lines(line)])).text == text


@pytest.mark.parametrize("line", ["a" * 500_000, "." * 500_000, ". " * 250_000, "-" * 500_000, "a-" * 250_000])
def test_lines_without_end_take_no_time(line: str) -> None:
    rows = rows_of([Piece(text=line, left=0, right=9, base=base, height=9) for base in (700, 680)])
    text, _ = flowing_text(lines_of([Page(height=800, image=False, rows=rows)]), 1)
    assert text


def test_a_page_that_lies_on_its_side_is_read_all_the_same(read_bytes: ReadBytes) -> None:
    upright = read_one(read_bytes, pdf_of([lines(*LINES, "", "And one who wept.")]))
    assert read_one(read_bytes, pdf_of([lines(*LINES, "", "And one who wept.")], sideways=True)).text == upright.text


def test_what_is_stamped_askew_over_a_page_is_left_out(read_bytes: ReadBytes) -> None:
    stamp = b"BT /H 60 Tf .7 .7 -.7 .7 100 300 Tm (DRAFT) Tj ET BT /H 10 Tf 72 700 Td (A lamp.) Tj ET"
    assert read_one(read_bytes, pdf_with([stamp])).text == "A lamp."


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "is empty"),
        (b"%PDF-1.7\n", DAMAGED),
        (b"Just text.", "is no PDF"),
        (pdf_of([lines(*LINES)])[:400], DAMAGED),
        (pdf_with([b""]), "is empty"),
        (pdf_with([b"600 0 0 800 0 0 cm /Im Do"]), NO_TEXT),
        (pdf_with([b"/Im Do BT /H 9 Tf 290 20 Td (1) Tj ET", b"/Im Do BT /H 9 Tf 290 20 Td (2) Tj ET"]), NO_TEXT),
    ],
    ids=["nothing", "start", "text", "cut", "blank", "scan", "numbered scan"],
)
def test_a_file_without_text_is_skipped_with_the_reason(read_bytes: ReadBytes, content: bytes, reason: str) -> None:
    assert read_bytes("a.pdf", content) == [Skipped(source="a.pdf", reason=reason)]


def test_a_page_that_is_damaged_is_named_and_the_others_are_read(read_bytes: ReadBytes) -> None:
    whole = pdf_of([lines("First."), lines("Second."), lines("Third.")])
    page = whole.index(b"6 0 obj")
    damaged = whole[: page + 8] + b"(" + whole[page + 9 :]
    skipped, article = read_bytes("a.pdf", damaged)
    assert skipped == Skipped(source="a.pdf:2", reason="is a page that could not be read")
    assert isinstance(article, Article)
    assert (article.text, len(article.pages)) == ("First.\n\nThird.", 3)


def test_a_file_that_takes_for_ever_is_given_up(tmp_path: Path) -> None:
    """Each form draws the next one thirty times, twelve deep."""
    forms = [b" ".join([b"/F%d Do" % (number + 1)] * 30) for number in range(12)]
    path = tmp_path / "a.pdf"
    path.write_bytes(pdf_with([b"/F0 Do"], forms=[*forms, b"BT /H 9 Tf (x) Tj ET"]))
    with pytest.raises(Unreadable, match="takes more than 1 seconds to read; save its text instead"):
        list(read_pdf(SourceFile(path=path, name="a.pdf"), seconds=1))


def test_a_file_that_unpacks_to_more_than_there_is_memory_is_given_up(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(pdf_with([zlib.compress(b" " * 300_000_000, 1)], packed=True))
    with pytest.raises(Unreadable, match="needs too much memory"):
        list(read_pdf(SourceFile(path=path, name="a.pdf"), memory=300_000_000))


PIECES = st.lists(
    st.builds(
        Piece,
        text=st.text(max_size=12),
        left=st.floats(0, 500),
        right=st.floats(100, 600),
        base=st.floats(0, 800),
        height=st.floats(1, 30),
    ),
    max_size=12,
)


@given(st.lists(PIECES, max_size=4))
def test_whatever_is_drawn_the_text_is_settled_and_pages_begin_within_it(drawn: list[list[Piece]]) -> None:
    pages = [Page(height=800, image=False, rows=rows_of(pieces)) for pieces in drawn]
    text, starts = flowing_text(lines_of(without_running(pages)), len(pages))
    assert text == settled(text)
    assert list(starts) == sorted(starts)
    assert len(starts) == len(pages)
    assert all(0 <= start <= len(text) for start in starts)
