"""Choices of inline mode are ready to be posted, whatever they quote."""

from hypothesis import given, settings

from bot.i18n import texts_for
from bot.views.inline import plain_choice, quote_choices
from index.article import Span
from retrieval.answer import Quote
from tests.bot.quotes import LONG, answer, article, quote, quotes, saying, worded
from tests.bot.views.sent import ME
from tests.bot_api.inline_results import checked_results

EN = texts_for("en")


def test_each_quote_is_a_choice_with_its_source_and_a_link_to_the_sentence() -> None:
    of = article("One. Two.", title="t" * 200, url="https://example.org/1")
    first, second = quote_choices(answer(quote("One. Two.", Span(5, 9), of=of), quote("Three.")), EN, ME)
    assert (first.id, first.title, first.description) == ("1", "t" * 100 + "…", "Two.")
    assert first.reply_markup.inline_keyboard[0][0].url == "https://example.org/1#:~:text=Two."
    assert (second.id, second.description, second.reply_markup) == ("2", "Three.", None)


def test_an_unsure_choice_says_so_and_none_is_offered_where_the_articles_do_not_say_it() -> None:
    (unsure,) = quote_choices(answer(quote("One."), verdict="unsure"), EN, ME)
    assert unsure.input_message_content.message_text.startswith(EN("unsure"))
    assert quote_choices(answer(quote("One."), verdict="nothing"), EN, ME) == []
    assert plain_choice(EN("nothing")).input_message_content.message_text == "The articles don't say that."


@settings(max_examples=60)
@given(quotes(), quotes(LONG))
def test_telegram_takes_choices_of_whatever_text(short: Quote, long: Quote) -> None:
    choices = [choice.to_dict() for choice in quote_choices(answer(short, long), EN, ME)]
    assert list(checked_results({"results": choices})) == ["1", "2"]


def test_a_quote_whose_address_telegram_takes_for_no_link_is_offered_without_one() -> None:
    (choice,) = quote_choices(answer(quote("One.", of=article("One.", url="http://wiki/bakery"))), EN, ME)
    assert choice.reply_markup is None
    assert choice.input_message_content.message_text == "One.\nA title · paragraph 1 of 1"


def test_a_choice_has_its_words_underlined_and_tells_of_no_other_article() -> None:
    six, seven = worded("🦉 At six.", "six"), worded("At seven.", "seven", known_as="b")
    choice, _ = quote_choices(answer(six, seven, sayings=(saying(six), saying(seven))), EN, ME)
    content = choice.input_message_content
    assert content.message_text == "🦉 At six.\nA title · paragraph 1 of 1"
    assert [(each.type, each.offset, each.length) for each in content.entities] == [
        ("bold", 0, 10), ("underline", 6, 3), ("blockquote", 0, 10)
    ]  # fmt: skip
