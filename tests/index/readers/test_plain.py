"""Plain text gives title, author and date by the habits of those who save articles so."""

from datetime import date
from pathlib import Path

import pytest

from index.article import Article
from index.readers import SourceFile, read
from tests.index.readers.conftest import ReadOne

SEED = Path(__file__).parents[3] / "seeds" / "000_6ce36a7b6a1277ad.txt"


def test_the_first_seed_has_the_title_and_author_that_a_reader_sees() -> None:
    (article,) = read(SourceFile(path=SEED, name=SEED.name))
    assert isinstance(article, Article)
    assert article.title == (
        "Kim Jong-un in Russia per incontrare Putin su richiesta di Mosca: l’annuncio del Cremlino"
    )
    assert article.author == "Antonio Palma"
    assert article.language == "it"
    assert article.text == SEED.read_text().strip()


@pytest.mark.parametrize(
    ("line", "author"),
    [
        ("A cura di Antonio Palma", "Antonio Palma"),
        ("di Maria de Filippi", "Maria de Filippi"),
        ("Di Niccolò D’Amico", "Niccolò D’Amico"),
        ("By Helen Draycott", "Helen Draycott"),
        ("Von Jürgen von der Lippe", None),
        ("Por Gabriel García Márquez", "Gabriel García Márquez"),
        ("By the sea", None),
        ("di notte il faro è spento", None),
        ("By Helen Draycott and others who kept the light", None),
    ],
)
def test_the_authors_line_near_the_top_names_the_author(read_one: ReadOne, line: str, author: str | None) -> None:
    article = read_one("a.txt", f"Il faro di notte\n\n{line}\n\nIl faro è spento da anni.")
    assert article.author == author
    assert line in article.text


@pytest.mark.parametrize(
    ("line", "published"),
    [
        ("3 ottobre 2024", date(2024, 10, 3)),
        ("Pubblicato il 12 Gennaio 2023", date(2023, 1, 12)),
        ("October 3, 2024", date(2024, 10, 3)),
        ("5 May 1999", date(1999, 5, 5)),
        ("2024-10-03", date(2024, 10, 3)),
        ("Roma, giovedì 3 ottobre 2024, ore 9.30", date(2024, 10, 3)),
        ("By Helen Draycott - October 3, 2024", date(2024, 10, 3)),
        ("Last updated on Thursday, 3 October 2024", date(2024, 10, 3)),
        ("May 5, 2023 10:30 AM", date(2023, 5, 5)),
        ("Friday, May 5, 2023 5:00pm", date(2023, 5, 5)),
        ("5 May 2023 10:30 GMT", date(2023, 5, 5)),
        ("Posted by Anna on May 5, 2023", date(2023, 5, 5)),
        ("5 maggio 2023 - 10:30", date(2023, 5, 5)),
        ("Ven 5 maggio 2023 | Redazione", date(2023, 5, 5)),
        ("5 maggio 2023, Roma", date(2023, 5, 5)),
        ("(5 maggio 2023)", date(2023, 5, 5)),
        ("Aggiornato al 5 maggio 2023", date(2023, 5, 5)),
        ("Last modified 5 May 2023", date(2023, 5, 5)),
        ("Nato il 3 marzo 1920 a Torino", None),
        ("Nato il 3 marzo 1920", None),
        ("The strike of May 5, 1999 failed", None),
        ("31 febbraio 2024", None),
        ("12 uova 2024", None),
        ("Il 3 ottobre 2024 il faro di punta Carrow fu spento per sempre.", None),
    ],
)
def test_a_date_line_near_the_top_dates_the_article(read_one: ReadOne, line: str, published: date | None) -> None:
    assert read_one("a.txt", f"Il faro\n{line}\n\nIl faro è spento da anni.").published == published


def test_author_and_date_are_found_at_the_end_too(read_one: ReadOne) -> None:
    article = read_one("a.txt", "Il faro\n" + "Una riga.\n" * 20 + "By Helen Draycott\n3 October 2024\n")
    assert (article.author, article.published) == ("Helen Draycott", date(2024, 10, 3))


def test_a_short_first_line_is_the_title(read_one: ReadOne) -> None:
    assert read_one("a.txt", "\n\n  Il  faro \nÈ spento.").title == "Il faro"


@pytest.mark.parametrize(
    ("line", "title"),
    [
        (f"Il faro di Carrow è spento. Nessuno {'lo sa ' * 30}", "Il faro di Carrow è spento"),
        (f"Spento. {'lo sa ' * 30}", f"Spento. {'lo sa ' * 18}lo…"),
        ("x" * 500, "x" * 120 + "…"),
        (f"Spento il faro di Carrow Il guardiano {'lo sa ' * 30}", "Spento il faro di Carrow"),
    ],
    ids=["first sentence", "at a space", "anywhere", "before what is told again"],
)
def test_of_a_long_first_line_the_title_is_what_can_be_told(read_one: ReadOne, line: str, title: str) -> None:
    assert read_one("a.txt", f"{line}\nOra Il guardiano lo sa lo sa da anni.").title == title


def test_a_whole_book_in_one_line_is_read(read_one: ReadOne) -> None:
    text = "Il Faro Di Punta Carrow " * 200_000
    article = read_one("a.txt", text)
    assert article.text == text.strip()
    assert article.title.startswith("Il Faro Di Punta Carrow")
    assert len(article.title) <= 121
