"""Terms are the same whether a text is indexed or asked for, however it is spelt."""

import sqlite3

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from index.analysis import asked_terms, terms, words

LANGUAGES = st.sampled_from(["it", "en", "ru", "tr", "ar", "zh", "und", "xx"])


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("ёлка Елка ЁЛКА", ["елка", "елка", "елка"]),
        ("Perché PERCHE\u0301 perche", ["perche", "perche", "perche"]),
        ("Straße STRASSE", ["strasse", "strasse"]),
        ("ﬁne ＦＩＮＥ", ["fine", "fine"]),
        ("Ödön's naïve café", ["odon", "s", "naive", "cafe"]),
        ("Covid-19, 3.50 € e 1 000", ["covid", "19", "3", "50", "e", "1", "000"]),
        ("snake_case", ["snake_case"]),
        ("東京タワー", ["東京", "京タ", "タワ", "ワー"]),
        ("茶", ["茶"]),
        ("iPhone手机壳5", ["iphone", "手机", "机壳", "5"]),
        ("किताब, क़िताब दिन दान।", ["किताब", "किताब", "दिन", "दान"]),
        ("விதி நூலகம் — বাংলা খোলা", ["விதி", "நூலகம்", "বাংলা", "খোলা"]),
        ("క్‌ష క్ష", ["క్ష", "క్ష"]),
        ("кӯ́й שָׁלוֹם مُحَمَّد", ["куи", "שלום", "محمد"]),
        ("ร้าน", ["รา", "าน"]),
        ("… — !", []),
    ],
)
def test_words_are_folded_and_unspaced_scripts_are_paired(text: str, found: list[str]) -> None:
    assert words(text) == found


def test_a_word_is_cut_where_nobody_would_ask_for_more() -> None:
    assert words("a" * 500 + " b") == ["a" * 64, "b"]


@pytest.mark.parametrize(
    ("language", "one", "other"),
    [
        ("it", "biblioteche galleggianti", "biblioteca galleggiante"),
        ("en", "The keepers were connected", "keeper connecting"),
        ("ru", "Ёлками украшали маяки", "елки украшал маяк"),
        ("de", "Die Häuser", "haus"),
        ("hi", "किताबें", "किताब"),
    ],
)
def test_inflected_words_share_their_terms(language: str, one: str, other: str) -> None:
    assert terms(one, language=language) == terms(other, language=language) != []


def test_stop_words_are_left_out_and_repetitions_kept_in_order() -> None:
    assert terms("il molo e la nave e il molo", language="it") == ["mol", "nav", "mol"]
    assert terms("The keeper of the light", language="en") == ["keeper", "light"]
    assert terms("на маяке и в порту", language="ru") == ["маяк", "порт"]


def test_a_language_without_stemmer_or_stop_words_keeps_its_words() -> None:
    assert terms("The keepers of lights", language="xx") == ["the", "keepers", "of", "lights"]


def test_asking_finds_the_terms_of_every_language_of_the_library_each_once() -> None:
    asked = asked_terms("Which keepers, keepers?", languages=["en", "it"])
    assert asked == ["keeper", "keepers"]


def test_stop_words_of_the_question_are_not_asked_for_in_other_languages() -> None:
    assert asked_terms("Where is the harbour?", languages=["en", "it"]) == ["harbour"]


@given(text=st.text(), language=LANGUAGES)
@example(text="\ud800 ёлка", language="ru")
def test_what_is_indexed_in_a_language_is_asked_for_with_the_same_terms(text: str, language: str) -> None:
    assert asked_terms(text, languages=[language]) == list(dict.fromkeys(terms(text, language=language)))


@given(text=st.text(st.characters(exclude_categories=["Cs"])), language=LANGUAGES)
@example(text="NEAR(a b) OR NOT c* AND ^d:e", language="xx")
@example(text="Ꭰꭰ İı ẞ ſ ǅ", language="tr")
def test_the_full_text_index_keeps_every_term_whole(text: str, language: str) -> None:
    """It splits at spaces and folds nothing that analysis left, or counts by term would miss it."""
    found = terms(text, language=language)
    connection = sqlite3.connect(":memory:")
    tokenizer = "unicode61 remove_diacritics 0 categories 'L* M* N* P* S* C*'"
    connection.execute(f'CREATE VIRTUAL TABLE terms USING fts5 (stems, tokenize = "{tokenizer}")')
    connection.execute("CREATE VIRTUAL TABLE vocabulary USING fts5vocab (terms, row)")
    connection.execute("INSERT INTO terms VALUES (?)", (" ".join(found),))
    kept = {term for (term,) in connection.execute("SELECT term FROM vocabulary")}
    connection.close()
    assert kept == set(found)
