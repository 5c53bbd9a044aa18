"""Word processors' files and books are articles; what a file says of itself counts, what is wrong with it is named."""

import io
import struct
import sys
import zipfile
from datetime import date
from pathlib import Path

import pytest

from index.article import Article
from index.installing import install_command
from index.readers import Skipped, SourceFile, other_than_bytes, read
from index.readers.about import about_packed, about_rtf
from index.readers.letters import plain_letters
from index.readers.making import Unreadable
from index.readers.pandoc import as_html
from index.readers.rtf import with_numbers
from tests.index.readers.conftest import ReadBytes

GOLDEN = Path(__file__).parent / "golden"
INSTALL = f"needs a part of Citabot that is not installed: {install_command('documents')}"
BROKEN = "could not be read to its end: it is damaged, or needs too much memory; save its text instead"
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def docx(body: str, *, core: str = "") -> bytes:
    """As little as makes a DOCX."""
    whole = io.BytesIO()
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(
            "[Content_Types].xml",
            '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
            f'<Override PartName="/word/document.xml" ContentType="{kind}"/></Types>',
        )
        archive.writestr(
            "_rels/.rels",
            '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
            f'<Relationship Id="r" Type="{office}" Target="word/document.xml"/></Relationships>',
        )
        archive.writestr("word/document.xml", f"<w:document {W}><w:body>{body}</w:body></w:document>")
        if core:
            archive.writestr("docProps/core.xml", core)
    return whole.getvalue()


def paragraph(text: str) -> str:
    return f'<w:p><w:r><w:t xml:space="preserve">{text}</w:t></w:r></w:p>'


def read_one(read_bytes: ReadBytes, name: str, content: bytes) -> Article:
    (article,) = read_bytes(name, content)
    assert isinstance(article, Article), article
    return article


def test_what_a_word_file_says_about_itself_counts_where_no_style_says_it(read_bytes: ReadBytes) -> None:
    core = (
        "<c><dc:title>Il faro &amp; la nave</dc:title><dc:creator>Ada Neri</dc:creator>"
        "<dcterms:created xsi:type='dcterms:W3CDTF'>2024-10-03T08:00:00Z</dcterms:created></c>"
    )
    article = read_one(read_bytes, "il-faro.docx", docx(paragraph("Il faro è spento."), core=core))
    assert (article.title, article.author, article.published) == ("Il faro & la nave", "Ada Neri", date(2024, 10, 3))
    bare = read_one(read_bytes, "il-faro.docx", docx(paragraph("Il faro è spento.")))
    assert (bare.title, bare.author, bare.published, bare.text) == ("il faro", None, None, "Il faro è spento.")


@pytest.mark.parametrize(
    ("name", "content"),
    [
        (
            "a.tex",
            r"\title{Il faro}\author{Ada}\date{2024-10-03}\begin{document}\maketitle\begin{abstract}"
            r"Fu spento.\end{abstract}È acceso.\end{document}",
        ),
        ("a.rst", "Il faro\n=======\n\n:Author: Ada\n:Date: 2024-10-03\n:Abstract: Fu spento.\n\nÈ acceso."),
        ("a.org", "#+TITLE: Il faro\n#+AUTHOR: Ada\n#+DATE: 2024-10-03\n#+SUBTITLE: Fu spento.\n\nÈ acceso."),
    ],
)
def test_an_abstract_and_a_subtitle_are_text(read_bytes: ReadBytes, name: str, content: str) -> None:
    article = read_one(read_bytes, name, content.encode())
    assert (article.title, article.author, article.published) == ("Il faro", "Ada", date(2024, 10, 3))
    assert article.text == "Fu spento.\n\nÈ acceso."


def test_ligatures_and_soft_hyphens_are_settled(read_bytes: ReadBytes) -> None:
    article = read_one(read_bytes, "a.docx", docx(paragraph("L\u2019u\ufb03cio  del can\u00adtiere e\u0300 qui.")))
    assert article.text == "L’ufficio del cantiere è qui."


@pytest.mark.parametrize(
    ("rtf", "text"),
    [
        (r"{\rtf1\ansi un\u8217?altra \u8217'altra \u224\'e0 x}", "un’altra ’altra à x"),
        (r"{\rtf1\ansi{\uc2\u8594->x}{\uc0\u1052 \u1072 }y}", "→xМаy"),
        (r"{\rtf1\ansi\ansicpg1251 \'cc\'e0\'ff\'ea}", "Маяк"),
        (r"{\rtf1\ansi\ansicpg1252{\fonttbl{\f0\fcharset204 T;}{\f1 A;}}\f0\'cc{\f1\'e9}\'e0}", "Мéа"),
        (r"{\rtf1\ansi{\pict\bin3 {{{}a \{b\} \\ c}", "a {b} \\ c"),
        (r"{\rtf1\ansi x\u-10179?\u-8704?y}", "x��y"),
        ("{\\rtf1\\ansi\\ansicpg1251 \xcc\xe0}", "Ма"),
        (r"{\rtf1\ansi costa {\deleted\revauthdel1 5}{\revised 7} euro}", "costa 7 euro"),
        (r"{\rtf1\ansi a\deleted b{c\deleted0 d}e\deleted0 f{\deleted g\plain h}\deleted i\plain j}", "adfhj"),
        (r"{\rtf1\ansi a{\deleted\u8364?\'80\emdash\~\par b}c\par d {\strike e}}", "ac\n\nd e"),
    ],
)
def test_letters_of_an_rtf_are_what_word_shows(read_bytes: ReadBytes, rtf: str, text: str) -> None:
    assert read_one(read_bytes, "a.rtf", rtf.encode("latin-1")).text == text


def test_what_an_rtf_says_about_itself_is_read_out_of_any_code_page() -> None:
    info = rb"{\rtf1\ansi\ansicpg1251{\info{\title \'cc\'e0\'ff\'ea}{\creatim\yr2024\mo2\dy3}}x}"
    about = about_rtf(with_numbers(info))
    assert (about.title, about.author, about.published) == ("Маяк", None, date(2024, 2, 3))


@pytest.mark.parametrize("number", ["9" * 5000, "-" + "9" * 5000])
def test_numbers_without_end_in_an_rtf_do_no_harm(number: str) -> None:
    for word in ("u", "bin", "uc", "f", "ansicpg", "fcharset"):
        assert with_numbers(rf"{{\rtf1\{word}{number} x}}".encode()).startswith(rb"{\rtf1")


def test_letters_lose_the_shapes_of_print_and_nothing_else() -> None:
    assert plain_letters("ﬁ ﬀ ﻼ ﷲ e\u0301 x² ½ 👨\u200d👩 می\u200cشود") == "fi ff لا الله é x² ½ 👨\u200d👩 می\u200cشود"


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("a.docx", b"", "is empty"),
        ("a.docx", b"Il faro.", "is no DOCX"),
        ("a.docx", b"PK\3\4 and no more", "is damaged: it cannot be unpacked"),
        ("a.docx", b"\xd0\xcf\x11\xe0 and more", "is locked with a password, or of an older kind: save it anew"),
        ("a.docx", docx(paragraph(" ")), "is empty"),
        ("a.odt", docx(paragraph("Il faro.")), BROKEN),
        ("a.epub", docx(paragraph("Il faro.")), BROKEN),
        ("a.rtf", b"Il faro.", "is no RTF"),
        ("a.rtf", b"{\\rtf1}", "is empty"),
        ("a.fb2", b"<html>", "is no FictionBook"),
    ],
)
def test_what_is_no_text_is_skipped_with_the_reason(
    read_bytes: ReadBytes, name: str, content: bytes, reason: str
) -> None:
    assert read_bytes(name, content) == [Skipped(source=name, reason=reason)]


def test_a_file_that_needs_more_memory_than_it_may_have_is_given_up() -> None:
    bomb = docx(paragraph("faro " * 4_000_000))
    assert len(bomb) < 200_000
    with pytest.raises(Unreadable, match="needs too much memory"):
        as_html(bomb, "docx", memory=64)


def test_a_damaged_list_of_members_says_nothing_about_the_file() -> None:
    assert about_packed(docx("", core="<dc:title>x")).title is None


@pytest.mark.parametrize("ending", ["docx", "odt", "epub"])
def test_a_list_of_members_that_cannot_be_made_out_says_nothing_about_the_file(
    read_bytes: ReadBytes, ending: str
) -> None:
    """Such as a name in no encoding, or a version that nobody knows."""
    content = (GOLDEN / f"biblioteca.{ending}").read_bytes()
    at = content.rindex(b"PK\1\2")
    unnamed = content[: at + 9] + b"\x08" + content[at + 10 : at + 46] + b"\xff" + content[at + 47 :]
    newer = content[: at + 6] + b"\xff" + content[at + 7 :]
    for damaged in (unnamed, newer):
        assert about_packed(damaged).title is None
        (found,) = read_bytes(f"a.{ending}", damaged)
        assert isinstance(found, Article) or found == Skipped(source=f"a.{ending}", reason=BROKEN)


def test_what_a_file_says_about_itself_may_lie_nowhere() -> None:
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w") as archive:
        core = zipfile.ZipInfo("docProps/core.xml")
        core.extra = struct.pack("<HHQ", 1, 8, 1 << 63)  # where the member begins, if the list doesn't say it
        archive.writestr(core, "<dc:title>x</dc:title>")
    content = whole.getvalue()
    assert about_packed(content).title == "x"
    at = content.index(b"PK\1\2") + 42
    assert about_packed(content[:at] + b"\xff" * 4 + content[at + 4 :]).title is None


@pytest.mark.parametrize(("name", "package"), [("faro.pdf", "pypdfium2"), ("biblioteca.odt", "pypandoc")])
def test_without_the_extra_a_file_is_skipped_with_what_to_install_and_read_once_it_is_there(
    monkeypatch: pytest.MonkeyPatch, name: str, package: str
) -> None:
    with monkeypatch.context() as lacking:
        lacking.setitem(sys.modules, package, None)
        assert list(read(SourceFile(path=GOLDEN / name, name=name))) == [Skipped(source=name, reason=INSTALL)]
        assert other_than_bytes(GOLDEN / name) != b""
        assert other_than_bytes(GOLDEN / "a.zip") != b""
    assert other_than_bytes(GOLDEN / name) == b""


@pytest.mark.parametrize("ending", ["rst", "org", "tex", "ipynb"])
@pytest.mark.parametrize("content", [b"", b" \n", b"\x89PNG\r\n\x1a\n\0\0", b"{", b"\\begin{document", b"[[" * 5000])
def test_marked_up_text_is_an_article_or_says_why_it_is_none(
    read_bytes: ReadBytes, ending: str, content: bytes
) -> None:
    (found,) = read_bytes(f"a.{ending}", content)
    assert found.text if isinstance(found, Article) else found.reason


def test_marked_up_text_is_read_in_whatever_encoding(read_bytes: ReadBytes) -> None:
    for encoding in ("utf-8-sig", "utf-16", "cp1252"):
        (found,) = read_bytes(
            "a.org", "#+TITLE: Perché\n\nIl faro è più alto di così, disse il guardiano salendo.".encode(encoding)
        )
        assert isinstance(found, Article), found
        assert (found.title, found.text) == ("Perché", "Il faro è più alto di così, disse il guardiano salendo.")
