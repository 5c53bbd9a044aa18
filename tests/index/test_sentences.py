"""Sentences tile their text; abbreviations do not end them, and none is endless."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from index.sentences import LONGEST, sentence_spans

LANGUAGES = st.sampled_from(["it", "en", "ru", "de", "zh", "ar", "und", "xx"])
PIECES = ("Il sig. Rossi", "arriva", "alle 8.30", ". ", "? ", "!\n\n", "…", "“Vieni”", " \t", "。", "S.p.A.", "\r")
PROSE = st.lists(st.sampled_from(PIECES)).map("".join)


def split(text: str, language: str) -> list[str]:
    return [span.of(text) for span in sentence_spans(text, language=language)]


@given(text=st.text() | PROSE, language=LANGUAGES)
@example(text="", language="it")
@example(text="\n\n  Uno. \u2028 Due.\x85\x00Tre 👩‍👩‍👧", language="it")
def test_sentences_tile_any_text(text: str, language: str) -> None:
    spans = sentence_spans(text, language=language)
    assert "".join(span.of(text) for span in spans) == text
    assert [span.start for span in spans] == [0, *(span.end for span in spans[:-1])][: len(spans)]
    assert all(0 < len(span) <= LONGEST for span in spans)


@given(word=st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=5), times=st.integers(400, 1500))
def test_what_has_no_end_is_broken_and_still_tiles(word: str, times: int) -> None:
    text = word * times
    pieces = split(text, "en")
    assert "".join(pieces) == text
    assert max(map(len, pieces)) <= LONGEST


def test_a_sentence_that_is_too_long_is_broken_after_white_space() -> None:
    text = "parola " * 400
    pieces = split(text, "it")
    assert len(pieces) == 3
    assert all(piece.endswith(" ") for piece in pieces)


def test_each_sentence_keeps_the_white_space_after_it() -> None:
    assert split("Il faro è spento.  Nessuno lo sa.\n\nPerché?", "it") == [
        "Il faro è spento.  ",
        "Nessuno lo sa.\n\n",
        "Perché?",
    ]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("it", "La Carta S.p.A. ha chiuso il bilancio in utile."),
        ("it", "Lo dice il d.lgs. n. 81 del 2008 sulla sicurezza."),
        ("it", "Il sig. Rossi e il dott. bianchi partirono insieme."),
        ("it", "La società Acqua S.r.l. gestisce il depuratore."),
        ("it", "Si veda l'art. 12 della legge, cfr. pag. 40 del testo."),
        ("en", "Dr. Smith met Mr. Jones at the harbour."),
        ("en", "The house of J. R. Tolkien stands on St. Giles."),
        ("en", "See No. 5 and fig. 3 for the plan."),
        ("ru", "Он живёт на ул. Ленина в доме 5."),
        ("ru", "Он ушёл, т.е. так решил сам, т. к. устал."),
        ("de", "Das gilt z.B. für Häfen bzw. für Werften."),
        ("it", "La fondò nel 44 a.C. Cesare, morto nel marzo."),
        ("it", "Nel libro lo dice G. Rossi a chi lo legge."),
        ("fr", "Il est né en 50 av. J.-C. à Rome, dit hier Mme. Durand."),
        ("en", "The page is example.com.au-based, and e.g. not here."),
    ],
)
def test_an_abbreviation_does_not_end_a_sentence(language: str, text: str) -> None:
    assert split(text, language) == [text]


@pytest.mark.parametrize(
    ("language", "text", "sentences"),
    [
        ("en", "It rained. We stayed in!", ["It rained. ", "We stayed in!"]),
        ("ru", "Шёл дождь. Мы остались дома.", ["Шёл дождь. ", "Мы остались дома."]),
        ("zh", "我喜欢书。他喜欢茶。", ["我喜欢书。", "他喜欢茶。"]),
        ("en", "It was vitamin C. The doctor said so.", ["It was vitamin C. ", "The doctor said so."]),
        ("en", "Born in World War I. The end.", ["Born in World War I. ", "The end."]),
        ("en", "It rained.We stayed in!", ["It rained.", "We stayed in!"]),
        ("zh", "我喜欢书.他喜欢茶.", ["我喜欢书.", "他喜欢茶."]),
        ("it", "Costa 3.50 euro. È poco?", ["Costa 3.50 euro. ", "È poco?"]),
        ("it", "Titolo senza punto\n\nUna frase.", ["Titolo senza punto\n\n", "Una frase."]),
    ],
)
def test_sentences_end_where_a_reader_would_end_them(language: str, text: str, sentences: list[str]) -> None:
    assert split(text, language) == sentences
