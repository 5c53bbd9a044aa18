"""A mail gives what its writer wrote, and its readable attachments beside it."""

import base64
from email.message import EmailMessage

import pytest

from index.article import Article
from index.readers import Skipped
from index.readers.replies import own_words, unflowed
from tests.index.readers.conftest import ReadBytes

NOTHING = "has no text of its own, and nothing attached that could be read"


def mail(text: str | None = None, *, html: str | None = None, **attached: str) -> EmailMessage:
    made = EmailMessage()
    made["From"], made["Subject"] = "ada@example.org", "La lampada"
    if text is not None:
        made.set_content(text)
    if html is not None:
        made.set_content(html, subtype="html") if text is None else made.add_alternative(html, subtype="html")
    for name, content in attached.items():
        made.add_attachment(content, filename=name.replace("_", "."))
    return made


def read(read_bytes: ReadBytes, made: EmailMessage) -> list[tuple[str, str]]:
    found = read_bytes("a.eml", made.as_bytes())
    return [(item.source, item.text if isinstance(item, Article) else item.reason) for item in found]


def parts(kind: str, *inner: EmailMessage) -> EmailMessage:
    """A mail, or a part of one, that holds others."""
    made = EmailMessage()
    made["From"], made["Content-Type"] = "ada@example.org", f"multipart/{kind}"
    for part in inner:
        made.attach(part)
    return made


def part(content: str, kind: str = "plain", name: str | None = None, *, attached: bool = True) -> EmailMessage:
    made = EmailMessage()
    disposition = "attachment" if name and attached else "inline"
    made.set_content(content, subtype=kind, filename=name, disposition=disposition)
    return made


TABLE = part("title,text\nRope,Ten metres.\n", "csv", "list.csv")
READ_TABLE = ("a.eml/list.csv", "Ten metres.")


@pytest.mark.parametrize(
    ("text", "own"),
    [
        ("Sì.\n\nOn Tue, 1 Oct 2024 at 08:00, Ada\n<ada@x.org> wrote:\n> Viene?\n>\n> Ada", "Sì."),
        ("Am 1.10.24 schrieb Ada:\n\n> Kommst du?\n\nJa.\n\n> Und wann?\n\nUm neun.", "Ja.\n\nUm neun."),
        ("Ecco la lista:\n> uno\nFine.", "Ecco la lista:\n\nFine."),
        ("Sì.\n-- \nAda\nTel. 7", "Sì."),
        ("Sì.\n\n-----Original Message-----\nFrom: Ada\nViene?", "Sì."),
        ("Sì.\n\n________________________________\nDa: Ada\nViene?", "Sì."),
        ("Uno.\n____________________\nDue.", "Uno.\n____________________\nDue."),
        ("1 > 0\n\n\n\nfine", "1 > 0\n\nfine"),
    ],
)
def test_earlier_mails_and_signatures_are_left_out(text: str, own: str) -> None:
    assert own_words(text) == own


def test_lines_that_a_program_broke_are_put_together() -> None:
    assert unflowed("Uno \ndue\n\n tre \n> q \n-- \nAda ", parted=False) == "Uno due\n\ntre \n> q \n-- \nAda "
    assert unflowed("farma \ncia", parted=True) == "farmacia"
    assert unflowed("> q\nUno \n> q", parted=True) == "> q\nUno\n> q"


def test_a_line_that_is_broken_without_end_takes_no_time() -> None:
    assert unflowed("a \n" * 2_000_000, parted=True) == "a" * 2_000_000


def test_the_text_goes_before_the_markup_of_the_same_mail(read_bytes: ReadBytes) -> None:
    assert read(read_bytes, mail("Sì.", html="<p>No.")) == [("a.eml", "Sì.")]


def test_markup_is_read_as_a_reader_sees_it(read_bytes: ReadBytes) -> None:
    html = "<p>Uno<br>due.<p hidden>Tre.<table><tr><td>a<td>b</table><blockquote type=cite>Quattro.</blockquote>"
    assert read(read_bytes, mail(html=html)) == [("a.eml", "Uno\ndue.\n\na | b")]


def test_readings_above_words_stand_in_no_line(read_bytes: ReadBytes) -> None:
    html = "<p>その<ruby>国<rp>(</rp><rt>くに</rt><rp>)</rp></ruby>は<ruby><rb>遠<rt>とお</ruby>い。"
    assert read(read_bytes, mail(html=html)) == [("a.eml", "その国は遠い。")]


def test_a_mail_that_only_hands_another_on_is_read_whole(read_bytes: ReadBytes) -> None:
    text = "---------- Forwarded message ---------\nFrom: Ada\n\nLa lampada è arrivata."
    assert read(read_bytes, mail(text)) == [("a.eml", text)]


def test_what_is_attached_is_read_by_its_kind_and_the_rest_passed_over(read_bytes: ReadBytes) -> None:
    made = mail("Sì.", a_txt="Il faro.", b_exe="MZ", c_json="[]", hidden="x")
    assert read(read_bytes, made) == [
        ("a.eml", "Sì."),
        ("a.eml/a.txt", "Il faro."),
        ("a.eml/c.json", "holds no objects, of which each would be an article"),
    ]


@pytest.mark.parametrize(
    ("made", "read_out"),
    [
        (parts("alternative", part(" \n"), part("<p>Sì.", "html")), [("a.eml", "Sì.")]),
        (parts("alternative", part("<p>No.", "html"), part("Sì.")), [("a.eml", "Sì.")]),
        (parts("mixed", part("Uno."), part("x", "calendar"), part("Due.\n-- \nAda")), [("a.eml", "Uno.\n\nDue.")]),
        (parts("mixed", part("Sì."), part("> No.")), [("a.eml", "Sì.")]),
        (
            parts("alternative", part("Sì."), parts("mixed", part("<p>Sì.", "html"), TABLE)),
            [("a.eml", "Sì."), READ_TABLE],
        ),
        (parts("signed", parts("mixed", part("Sì."), TABLE), part("x", "x-sig")), [("a.eml", "Sì."), READ_TABLE]),
        (
            parts("related", parts("alternative", part(""), part("<p>Sì.", "html")), TABLE),
            [("a.eml", "Sì."), READ_TABLE],
        ),
        (parts("mixed", part("Sì."), part("Il faro.", name="a.txt")), [("a.eml", "Sì."), ("a.eml/a.txt", "Il faro.")]),
        (parts("mixed", part(" "), TABLE), [READ_TABLE]),
        (parts("mixed", part("Sì.", name="message", attached=False)), [("a.eml", "Sì.")]),
        (
            parts(
                "alternative",
                part("Sì.", name="1.txt", attached=False),
                part("<p>Sì.", "html", name="2.html", attached=False),
            ),
            [("a.eml", "Sì.")],
        ),
        (parts("mixed", part("Sì."), part("_____\nhttps://list.example")), [("a.eml", "Sì.")]),
        (parts("mixed", part("> Sì."), part("_____\nhttps://list.example")), [("a.eml", "> Sì.")]),
    ],
    ids=["blank plain", "order", "picture between", "only quoted", "in an alternative", "signed", "related", "named",
         "no text", "named text", "named alternatives", "footer", "footer of what is handed on"],
)  # fmt: skip
def test_all_parts_of_a_mail_are_read_wherever_they_are(
    read_bytes: ReadBytes, made: EmailMessage, read_out: list[tuple[str, str]]
) -> None:
    assert read(read_bytes, made) == read_out


@pytest.mark.parametrize(
    ("charset", "data", "text"),
    [
        ("iso-8859-1", b"\x93It\x92s 5 \x80\x94", "“It’s 5 €”"),
        ("gb2312", "朱镕基总理".encode("gbk"), "朱镕基总理"),
        ("us-ascii", "Perché".encode(), "Perché"),
        ("utf-16le", "Sì".encode("utf-16le"), "Sì"),
        ("utf-7", b"S+AOw-", "Sì"),
        ("unicode_escape", rb"S\xec", r"S\xec"),
    ],
)
def test_a_text_is_decoded_as_browsers_take_what_its_mail_declares(
    read_bytes: ReadBytes, charset: str, data: bytes, text: str
) -> None:
    head = f"Subject: x\nContent-Type: text/plain; charset={charset}\nContent-Transfer-Encoding: base64\n\n"
    (article,) = read_bytes("a.eml", head.encode() + base64.b64encode(data))
    assert isinstance(article, Article)
    assert article.text == text


def test_mails_in_mails_are_opened_so_deep_and_no_deeper(read_bytes: ReadBytes) -> None:
    made = mail("0")
    for number in range(1, 6):
        outer = mail(str(number))
        outer.add_attachment(made)
        made = outer
    assert [text for _, text in read(read_bytes, made)] == ["5", "4", "3"]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "is empty"),
        (b"Just a text.\n", "is no mail"),
        (b"\x89PNG\r\n\x1a\n\0", "is no mail"),
        (b"Subject: x\n\n", NOTHING),
        (b"From: " + b"(" * 20_000, "has headers, such as From, of more than 10,000 letters"),
        (
            b"From: a@x.org\n" + b"Content-Type: multipart/mixed; boundary=b\n\n--b\n" * 3000,
            "has more than 1,000 parts",
        ),
        (b"Subject: x\nContent-Type: image/png\n\nabc", NOTHING),
        (b"Subject: x\nContent-Type: text/plain; charset=no-such\n\n\xff\xfe\0", "looks binary"),
    ],
)
def test_a_file_without_a_mail_is_skipped_with_the_reason(read_bytes: ReadBytes, content: bytes, reason: str) -> None:
    assert read_bytes("a.eml", content) == [Skipped(source="a.eml", reason=reason)]
