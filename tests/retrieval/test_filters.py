"""A question may say whose articles it means, of when, and under which tag."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.article import Span
from index.filter import Filter
from retrieval.filters import bylines_of, filters_in, tags_in, without
from retrieval.recently import Recent, Unit

BYLINES = bylines_of(["Antonio Palma", "Anna de Santis e Ugo Li", "Staff", "Brigitte Macron, Eva Braun-Weber"])
TWO = bylines_of(["Anna Rossi", "Mario Rossi"])
SEPTEMBER = {"since": date(2023, 9, 1), "until": date(2023, 9, 30)}


def meant(question: str, language: str = "en") -> list[Filter]:
    return list(filters_in(question, language, BYLINES, tags=tags_in(question)))


@pytest.mark.parametrize(
    ("question", "language", "author"),
    [
        ("What did Palma write about the summit?", "en", "Antonio Palma"),
        ("cosa ha scritto antonio palma del vertice?", "it", "Antonio Palma"),
        ("Cosa scrive De Santis?", "it", "Anna de Santis e Ugo Li"),
        ("what does ugo li say?", "en", "Anna de Santis e Ugo Li"),
        ("Was schreibt Braun-Weber?", "de", "Brigitte Macron, Eva Braun-Weber"),
        ("Cosa ha scritto Antonio Palma sul faro?", "it", "Antonio Palma"),
    ],
)
def test_authors_are_named_in_full_or_by_a_family_name_with_a_capital(
    question: str, language: str, author: str
) -> None:
    assert meant(question, language) == [Filter(authors=(author,))]


def test_who_is_named_in_full_is_nobody_else_of_that_family() -> None:
    assert list(filters_in("Cosa ha scritto Anna Rossi?", "it", TWO)) == [Filter(authors=("Anna Rossi",))]
    assert list(filters_in("Cosa ha scritto Rossi?", "it", TWO)) == [Filter(authors=("Anna Rossi", "Mario Rossi"))]


@pytest.mark.parametrize(
    "question",
    ["is there a palma in the garden?", "What does Antonio say?", "Who is Li?", "What does the staff say?", "Who?", ""],
)
def test_a_word_or_a_given_name_names_no_author(question: str) -> None:
    assert meant(question) == []


@pytest.mark.parametrize(
    ("question", "language"),
    [
        ("What happened in September 2023?", "en"),
        ("what happened in september of 2023?", "en"),
        ("Cosa è successo nel settembre del 2023?", "it"),
        ("Was geschah im September 2023?", "de"),
        ("Что случилось в сентябре 2023 года?", "ru"),
        ("2023年9月に何がありましたか。", "ja"),
        ("ماذا حدث في سبتمبر 2023؟", "ar"),
        ("2023 Eylül ayında ne oldu?", "tr"),
        ("Cosa è successo in September 2023?", "it"),
    ],
)
def test_a_month_with_its_year_is_meant_in_any_language(question: str, language: str) -> None:
    assert meant(question, language) == [Filter(**SEPTEMBER)]


@pytest.mark.parametrize(
    ("question", "since", "until"),
    [
        ("What happened in 2023?", date(2023, 1, 1), date(2023, 12, 31)),
        ("What happened on 12 September 2023?", date(2023, 9, 12), date(2023, 9, 12)),
        ("What happened on September 12, 2023?", date(2023, 9, 12), date(2023, 9, 12)),
        ("What happened on 2023-09-12?", date(2023, 9, 12), date(2023, 9, 12)),
        ("What happened on 2023/09/12?", date(2023, 9, 12), date(2023, 9, 12)),
        ("Was geschah am 12.9.2023?", date(2023, 9, 12), date(2023, 9, 12)),
        ("What happened in February 2024?", date(2024, 2, 1), date(2024, 2, 29)),
        ("What happened on 31 February 2024?", date(2024, 2, 1), date(2024, 2, 29)),
        ("2023年9月12日に", date(2023, 9, 12), date(2023, 9, 12)),
        ("Who spoke on the 12th of September 2023?", date(2023, 9, 12), date(2023, 9, 12)),
        ("In May 2023 20 people died", date(2023, 5, 1), date(2023, 5, 31)),
        ("What may 2023 bring?", date(2023, 1, 1), date(2023, 12, 31)),
        ("Was it at the end of May 2023?", date(2023, 5, 1), date(2023, 5, 31)),
        ("How many died of Covid-19 in 2020?", date(2020, 1, 1), date(2020, 12, 31)),
        ("What happened in Formula 1 in 2023?", date(2023, 1, 1), date(2023, 12, 31)),
        ("Who marched in 2023?", date(2023, 1, 1), date(2023, 12, 31)),
    ],
)
def test_years_and_days_are_meant_exactly(question: str, since: date, until: date) -> None:
    assert meant(question) == [Filter(since=since, until=until)]


@pytest.mark.parametrize(
    ("question", "language"),
    [
        ("What changed between 2019 and 2023?", "en"),
        ("What has changed since 2019?", "en"),
        ("Cosa è cambiato dopo il 2019?", "it"),
        ("Что изменилось с 2019 года?", "ru"),
        ("Qu'est-ce qui a changé depuis 2019 ?", "fr"),
        ("Which bridges fell before 9 June 2023?", "en"),
        ("What has she written since the beginning of May 2023?", "en"),
        ("What did they say until the end of May 2023?", "en"),
        ("seit dem 1.5.2023", "de"),
        ("dopo il 1 maggio 2023", "it"),
        ("depuis le 5 mai 2023", "fr"),
        ("desde mayo de 2023", "es"),
        ("What was written after 2023-05-01?", "en"),
        ("from 2023-05-01 to 2023-07-31", "en"),
        ("What burned between May and July 2023?", "en"),
        ("What burned between 5 May and 9 July 2023?", "en"),
        ("dal 5 al 9 maggio 2023", "it"),
        ("What burned from 5 to 9 May 2023?", "en"),
        ("What burned on 5–9 May 2023?", "en"),
        ("How do I set port 2023:80?", "en"),
        ("Is 1.2023 more than 20230?", "en"),
        ("What is on 99.99.2023?", "en"),
        ("may I ask?", "en"),
        ("Why did 2023% come out?", "en"),
    ],
)
def test_other_numbers_and_what_only_begins_or_ends_are_no_time(question: str, language: str) -> None:
    assert meant(question, language) == []


TODAY = date(2024, 3, 6)
"""A Wednesday."""
LAST_WEEK, FEBRUARY = (date(2024, 2, 26), date(2024, 3, 3)), (date(2024, 2, 1), date(2024, 2, 29))


@pytest.mark.parametrize(
    ("question", "language", "days"),
    [
        ("What happened yesterday?", "en", (date(2024, 3, 5),) * 2),
        ("Who won today?", "en", (TODAY,) * 2),
        ("Who met last week?", "en", LAST_WEEK),
        ("who was elected this year?", "en", (date(2024, 1, 1), date(2024, 12, 31))),
        ("Chi si è incontrato la settimana scorsa?", "it", LAST_WEEK),
        ("Cosa è successo lo scorso mese?", "it", FEBRUARY),
        ("Cos'è successo quest'anno?", "it", (date(2024, 1, 1), date(2024, 12, 31))),
        ("Was geschah in der letzten Woche?", "de", LAST_WEEK),
        ("Was war voriges Jahr?", "de", (date(2023, 1, 1), date(2023, 12, 31))),
        ("What was in the past month?", "en", (date(2024, 2, 5), TODAY)),
        ("Chi è partito nell'ultima settimana?", "it", (date(2024, 2, 28), TODAY)),
        ("Qui est parti au cours du dernier mois ?", "fr", (date(2024, 2, 5), TODAY)),
        ("Кто уехал за последний год?", "ru", (date(2023, 3, 7), TODAY)),
        ("Chi è arrivato stamattina?", "it", (TODAY,) * 2),
        ("¿Qué pasó anoche?", "es", (date(2024, 3, 5),) * 2),
        ("Who won the day before yesterday?", "en", (date(2024, 3, 4),) * 2),
        ("Quale nave è arrivata l'altro ieri?", "it", (date(2024, 3, 4),) * 2),
        ("Quale nave è arrivata ieri l’altro?", "it", (date(2024, 3, 4),) * 2),
        ("Was war vorgestern?", "de", (date(2024, 3, 4),) * 2),
        ("Qui a gagné avant-hier ?", "fr", (date(2024, 3, 4),) * 2),
        ("¿Quién ganó antes de ayer?", "es", (date(2024, 3, 4),) * 2),
        ("Кто приехал позавчера?", "ru", (date(2024, 3, 4),) * 2),
        ("Кто встречался с Кимом вчера?", "ru", (date(2024, 3, 5),) * 2),
        ("Que s’est-il passé aujourd’hui ?", "fr", (TODAY,) * 2),
        ("Qui a gagné le mois dernier ?", "fr", FEBRUARY),
        ("¿Quién ganó el mes pasado?", "es", FEBRUARY),
        ("Что случилось на прошлой неделе?", "ru", LAST_WEEK),
        ("Что было в этом месяце?", "ru", (date(2024, 3, 1), date(2024, 3, 31))),
        ("Chi ha vinto yesterday?", "it", (date(2024, 3, 5),) * 2),
    ],
)
def test_times_are_counted_from_today(question: str, language: str, days: tuple[date, date]) -> None:
    since, until = days
    assert list(filters_in(question, language, BYLINES, today=TODAY)) == [Filter(since=since, until=until)]


@pytest.mark.parametrize(
    ("question", "language"),
    [
        ("What has changed since last week?", "en"),
        ("Was geht seit gestern nicht?", "de"),
        ("Is this the year-end report of todays?", "en"),
        ("How many days has a week?", "en"),
        ("Chi è l'ultimo?", "it"),
        ("How did she live in the last year of the war?", "en"),
        ("Cosa succede nell'ultimo mese di gravidanza?", "it"),
        ("Was geschieht in der letzten Woche der Schwangerschaft?", "de"),
        ("Che cosa insegna un anno passato a Roma?", "it"),
        ("Qui a gagné cette année-là ?", "fr"),
        ("Was kam im heute-journal?", "de"),
        ("Who sang Yesterday at the festival?", "en"),
        ("What did USA Today write?", "en"),
        ("Compare last year with this year.", "en"),
        ("Cosa è cambiato tra l'anno scorso e quest'anno?", "it"),
        ("What is to be done by the end of this year?", "en"),
        ("Cosa vale dall'anno scorso?", "it"),
        ("Qu’est-ce qui change à partir d’aujourd’hui ?", "fr"),
        ("Что изменилось со вчерашнего дня, со вчера?", "ru"),
    ],
)
def test_what_is_open_or_only_looks_alike_is_no_time(question: str, language: str) -> None:
    assert list(filters_in(question, language, BYLINES, today=TODAY)) == []


def test_articles_of_a_time_are_searched_without_its_name() -> None:
    used = Filter(since=LAST_WEEK[0], until=LAST_WEEK[1])
    assert without("Who lit the lamp of Carrow Point last week?", "en", used) == "Who lit the lamp of Carrow Point ?"
    assert without("Who won last week?", "en", used) == "Who won last week?"  # little would be left
    floods = "What did the harbour master say last week about the floods of 2020 and 2021?"
    assert without(floods, "en", used) == "What did the harbour master say about the floods of 2020 and 2021?"
    marche = Filter(since=date(2023, 1, 1), until=date(2023, 12, 31))
    assert without("Chi ha vinto nelle Marche nel 2023?", "it", marche) == "Chi ha vinto nelle Marche nel ?"
    year = Filter(since=date(2019, 1, 1), until=date(2019, 12, 31))
    left = "Who sang the song of yesterday at the festival in ?"
    assert without("Who sang the song of yesterday at the festival in 2019?", "en", year) == left


def test_a_time_that_is_named_goes_before_one_that_is_counted() -> None:
    assert meant("What happened this month in September 2023?") == [Filter(**SEPTEMBER)]


@given(
    st.dates(min_value=date(2, 1, 1), max_value=date(9998, 12, 31)), st.sampled_from(["day", "week", "month", "year"])
)
def test_the_last_one_ends_the_day_before_this_one_begins(today: date, unit: Unit) -> None:
    this, last = (Recent(span=Span(0, 1), unit=unit, back=back).days(today) for back in (0, 1))
    assert this[0] <= today <= this[1]
    assert last[0] <= last[1] == this[0] - timedelta(days=1)


def test_all_that_is_named_comes_first_and_then_each_by_itself() -> None:
    palma = ("Antonio Palma",)
    assert meant("What did Palma write in September 2023? #russia #Nord_Corea") == [
        Filter(authors=palma, **SEPTEMBER, tags=("russia", "Nord_Corea")),
        Filter(authors=palma, tags=("russia", "Nord_Corea")),
        Filter(**SEPTEMBER, tags=("russia", "Nord_Corea")),
        Filter(tags=("russia", "Nord_Corea")),
    ]


@pytest.mark.parametrize("tag", ["हिन्दी", "தமிழ்", "ภาษาไทย", "مُحمّد", "می\u200cخواهم", "e\u0301te"])
def test_a_tag_is_whole_in_every_script(tag: str) -> None:
    assert tags_in(f"#{tag}, लाइन?") == (tag,)


@pytest.mark.parametrize("question", ["Is C# a language?", "see issue a#b", "&#39; what?", "# heading", "##twice"])
def test_other_uses_of_the_sign_are_no_tags(question: str) -> None:
    assert meant(question) == []
