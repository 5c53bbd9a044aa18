"""A mail gives what its writer wrote, and its readable attachments beside it."""

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
