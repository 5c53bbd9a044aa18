"""What was asked before, and what the reader points at, as whoever asks meets them."""

from index.article import Span
from retrieval.answer import Answer
from retrieval.answerer import Answerer
from retrieval.question import Place, Turn

BATTELLO = "La biblioteca che arriva dal lago"
LIGHTHOUSE = "The night shift at Carrow Point"


def held(answerer: Answerer, *texts: str) -> Answer:
    """The answer to the last one, asked after the others."""
    turns: list[Turn] = []
    for text in texts:
        answer = answerer(text, turns=turns)
        turns.append(answer.turn())
    return answer


def marked(answer: Answer) -> str:
    quote = answer.quotes[0]
    return quote.highlights[0].of(quote.article.text)


def test_who_he_bought_it_from_is_told_out_of_the_article_that_was_quoted(answerer: Answerer) -> None:
    asked = ("chi ha avuto l'idea della biblioteca sul battello?", "da chi lo ha comprato?", "e quanto l'ha pagato?")
    answer = held(answerer, *asked)
    assert answer.quotes[0].article.title == BATTELLO
    assert "vendette per un euro" in answer.quotes[0].text
    assert answer.question.text == asked[-1]
    assert answer.question.searched == " ".join(asked)
    assert answerer(asked[-1]).question.searched == asked[-1]


def test_a_follow_up_in_another_language_stays_with_the_article_and_is_in_its_own_language(answerer: Answerer) -> None:
    answer = held(answerer, "Di che legno sono gli scaffali della biblioteca?", "why do they have that edge?")
    assert "non far cadere i volumi" in answer.quotes[0].text
    assert answer.question.language == "en"


def test_a_word_of_a_follow_up_too_short_to_tell_is_in_the_language_of_the_turn_before(answerer: Answerer) -> None:
    assert held(answerer, "su che treno viaggia Kim?", "quando?").question.language == "it"


def test_a_change_of_subject_is_answered_as_if_nothing_had_been_asked_before(answerer: Answerer) -> None:
    question = "who built the boxes for the birds"
    after = held(answerer, "dove si incontrano kim e putin?", "quando?", question)
    alone = answerer(question)
    assert after.quotes == alone.quotes
    assert (after.question.before, after.question.searched) == ((), question)
    assert after.confidence == alone.confidence


def test_one_word_of_another_article_is_a_change_of_subject(answerer: Answerer) -> None:
    assert held(answerer, "how is Kim travelling?", "biblioteca").quotes[0].article.title == BATTELLO
    assert held(answerer, "how is Kim travelling?", "lamp").quotes[0].article.title == LIGHTHOUSE


def test_after_a_change_of_subject_a_follow_up_is_about_the_new_one(answerer: Answerer) -> None:
    answer = held(answerer, "dove si incontrano kim e putin?", "who built the boxes for the birds", "how many?")
    assert answer.quotes[0].article.title == LIGHTHOUSE


def test_a_turn_is_what_was_searched_and_where_the_quotes_stood(answerer: Answerer) -> None:
    answer = held(answerer, "Come si chiama il battello?", "perché?")
    turn = answer.turn()
    assert turn.text == "Come si chiama il battello? perché?"
    assert turn.places == tuple(Place(article=quote.article.id, span=quote.span) for quote in answer.quotes)


def test_a_selected_sentence_is_asked_about_where_it_stands(answerer: Answerer) -> None:
    where = answerer("Come si chiama il battello?", articles=None)
    article = next(quote.article for quote in where.quotes if quote.article.title == BATTELLO)
    start = article.text.index("Gli scaffali, in legno di castagno")
    answer = answerer("perché?", at=Place(article=article.id, span=Span(start, start + 34)))
    assert answer.scope == "passage"
    assert "non far cadere i volumi" in marked(answer)


def test_what_the_article_says_elsewhere_is_found_from_a_place_in_it(answerer: Answerer) -> None:
    article = answerer("who built the boxes for the birds").quotes[0].article
    answer = answerer("who built the boxes for the birds", at=Place(article=article.id, span=Span(0, 50)))
    assert answer.scope in ("article", "everything")
    assert "Idris Fenn" in answer.quotes[0].text


def test_a_place_in_an_article_that_is_gone_is_as_no_place(answerer: Answerer) -> None:
    gone = Place(article="gone", span=Span(0, 10))
    answer = answerer("Come si chiama il battello?", at=gone)
    assert answer.scope == "everything"
    assert answer.quotes == answerer("Come si chiama il battello?").quotes
