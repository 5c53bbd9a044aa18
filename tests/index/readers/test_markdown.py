"""Markdown gives its fields from front matter, else from what it shows."""

from datetime import date

import pytest

from index.readers import Skipped
from tests.index.readers.conftest import ReadBytes, ReadOne


def test_front_matter_names_everything(read_one: ReadOne) -> None:
    article = read_one(
        "a.md",
        "---\nid: faro-1\ntitle: Il faro\nauthors: [Ada Neri, Ugo]\ndate: 2024-10-03\nlang: it_IT\n"
        "link: https://example.org/faro\n---\n\n# Altro\n\nIl faro è *spento*.\n",
    )
    assert (article.id, article.title, article.author) == ("faro-1", "Il faro", "Ada Neri, Ugo")
    assert (article.published, article.language) == (date(2024, 10, 3), "it")
    assert article.url == "https://example.org/faro"
    assert article.text == "# Altro\n\nIl faro è *spento*."


@pytest.mark.parametrize("value", ["No", "012", "1984", "2024-05-01", "true", "0x" + "f" * 280, "1_000", "~"])
def test_values_stay_as_they_are_written(read_one: ReadOne, value: str) -> None:
    article = read_one("a.md", f"---\ntitle: {value}\nid: {value}\nauthor: {value}\n---\nIl faro.")
    assert (article.title, article.id, article.author) == (value, value, value)


@pytest.mark.parametrize(
    ("written", "published"),
    [
        ("date: 2024-10-03 21:05:00 +0200", date(2024, 10, 3)),
        ("published: 2024-10-03T21:05:00Z", date(2024, 10, 3)),
        ("date: 2024-02-30", None),
        ("date: ieri", None),
        ("date: [1, 2]", None),
    ],
)
def test_a_date_is_read_if_it_is_one(read_one: ReadOne, written: str, published: date | None) -> None:
    assert read_one("a.md", f"---\n{written}\n---\nIl faro.").published == published


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("Intro\n\n## Il faro ##\n\nTesto", "Il faro"),
        ("Solo testo.", "il faro di notte"),
        ("#senza spazio", "il faro di notte"),
        ("#\n\nLa prima frase.\n\n## Il faro", "Il faro"),
        ("# #\n\n## C# e F# #", "C# e F#"),
        ("Il faro\n=======\n\nTesto\n\n## Altro", "Il faro"),
        ("Il faro\n---\n\nTesto\n\n# Altro", "Il faro"),
        ("Testo\n\n- uno\n---\n\nDue righe\ndi testo\n---\n\n# Il faro", "Il faro"),
        ("Testo\n\n```sh\n# prima\n~~~\n```sh\n# poi\n```\n\n# Il faro", "Il faro"),
        ("```testo``` in riga\n\n# Il faro", "Il faro"),
        ("~~~~\nprima\n===\n~~~\n# poi", "il faro di notte"),
    ],
)
def test_without_a_title_it_is_the_first_heading_else_the_files_name(read_one: ReadOne, text: str, title: str) -> None:
    assert read_one("il-faro-di-notte.md", text).title == title


@pytest.mark.parametrize("filling", [" ", "\t", "#", " #", "=", "`", "- "])
def test_lines_without_end_take_no_time(read_one: ReadOne, filling: str) -> None:
    assert read_one("a.md", f"# x{filling * 200_000}y").title.startswith("x")


def test_front_matter_may_begin_with_a_blank_line(read_one: ReadOne) -> None:
    article = read_one("a.md", "---\n\ntitle: Il faro\n---\nÈ spento.")
    assert (article.title, article.text) == ("Il faro", "È spento.")


@pytest.mark.parametrize(
    "text",
    [
        "---\n\nUn paragrafo fra due righe\n\n---\n\nTesto",
        '---\n\n"Siamo tardi", disse: e uscì.\n\n---\n\nTesto',
        "---\n \nNota: il lunedì è chiuso.\n\n---\n\nTesto",
        "Testo\n\n---\ntitle: no\n---\n\nAltro",
        "---\ntitle: nothing closes it",
        '{\n"a": 1\n}\nTesto',
        "---\n- a\n- b\n---\nTesto",
    ],
    ids=["rules", "rules and no YAML", "rules and a colon", "rules below", "not closed", "braces", "a list"],
)
def test_what_is_no_front_matter_stays_in_the_text(read_one: ReadOne, text: str) -> None:
    assert read_one("a.md", text).text == text


@pytest.mark.parametrize(
    "front",
    ["title: [a", "a: b: c", "? [a]\n: b", "title: *nowhere", "x: &x [*x", "[" * 5000, "\ttitle: a"],
    ids=["open list", "two colons", "list as key", "unknown alias", "endless alias", "too deep", "tab"],
)
def test_broken_front_matter_is_reported(read_bytes: ReadBytes, front: str) -> None:
    assert read_bytes("a.md", f"---\n{front}\n---\nIl faro.".encode()) == [
        Skipped(source="a.md", reason="has front matter that is not YAML")
    ]


def test_aliases_that_would_unfold_without_end_are_left_folded(read_one: ReadOne) -> None:
    folded = "a0: &a0 [x, x]\n" + "".join(f"a{n}: &a{n} [*a{n - 1}, *a{n - 1}]\n" for n in range(1, 40))
    assert read_one("a.md", f"---\n{folded}author: *a39\n---\nIl faro.").author is None


def test_front_matter_without_a_text_is_reported_as_empty(read_bytes: ReadBytes) -> None:
    assert read_bytes("a.md", b"---\ntitle: Il faro\n---\n\n") == [Skipped(source="a.md", reason="is empty")]
