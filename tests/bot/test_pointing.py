"""Who replies to a quote, or to a piece of it, and asks, is answered from there."""

from index.article import Span
from retrieval.question import Place
from tests.bot.shown import STEPS, Noting, data, judged, quoted
from tests.bot_api import BotApiServer, Reader, marked
from tests.bot_api.server import GROUP_ID

DELAY = "What caused the longest delay?"


async def test_a_reply_to_a_quote_is_answered_from_there_and_says_so(api: BotApiServer, running, heard) -> None:
    async with running():
        api.say(DELAY)
        swifts = await heard()
        api.say("who built the boxes?", reply_to=swifts.result)
        beside = await heard(after=swifts.number)
    assert "The swifts caused the longest delay." in quoted(swifts.params)
    assert marked(beside.params, "italic") == ["From the passage you pointed at:"]
    assert "Idris Fenn" in quoted(beside.params)


async def test_what_is_pointed_at_is_the_quote_that_is_shown_and_the_piece_that_was_selected(
    api: BotApiServer, running, heard, answerer
) -> None:
    noting = Noting(judged(answerer, "answered"))
    quotes = answerer(STEPS).quotes
    async with running(noting):
        api.say(STEPS)
        answer = await heard()
        api.say("who?", reply_to=answer.result)
        second = await heard(after=answer.number)
        assert noting.how[-1]["at"] == Place(article=quotes[0].article.id, span=quotes[0].span)
        assert [turn.text for turn in noting.how[-1]["turns"]] == [STEPS]

        text = quotes[0].article.text
        api.say("what is that?", reply_to=answer.result, quote="a colony of swifts")
        third = await heard(after=second.number)
        start = text.index("a colony of swifts")
        assert noting.how[-1]["at"] == Place(article=quotes[0].article.id, span=Span(start, start + 18))

        api.say("who wrote it?", reply_to=answer.result, quote="Helen Draycott")
        fourth = await heard(after=third.number)
        assert noting.how[-1]["at"] == Place(article=quotes[0].article.id, span=quotes[0].span)

        api.press(answer.result, data(answer.result, "Next quote"))
        next_ = await heard("editMessageText")
        api.say("who?", reply_to=answer.result)
        await heard(after=max(fourth.number, next_.number))
        assert noting.how[-1]["at"] == Place(article=quotes[1].article.id, span=quotes[1].span)


async def test_a_piece_of_what_was_grown_is_found_outside_of_the_first_quote(
    api: BotApiServer, running, heard, answerer
) -> None:
    noting = Noting(judged(answerer, "answered"))
    quote = answerer(STEPS).quotes[0]
    later = "27 volunteers"
    assert later not in quote.text
    async with running(noting):
        api.say(STEPS)
        answer = await heard()
        api.press(answer.result, data(answer.result, "More context"))
        grown = await heard("editMessageText")
        api.say("who?", reply_to=grown.result, quote=later)
        await heard(after=grown.number)
    start = quote.article.text.index(later)
    assert noting.how[-1]["at"] == Place(article=quote.article.id, span=Span(start, start + len(later)))


async def test_nothing_is_pointed_at_by_a_reply_to_what_is_no_quote(
    api: BotApiServer, running, heard, answerer
) -> None:
    noting = Noting(judged(answerer, "nothing"))
    async with running(noting):
        api.say("/help")
        helped = await heard()
        api.say(STEPS, reply_to=helped.result)
        nothing = await heard(after=helped.number)
        assert noting.how[0]["at"] is None
        api.say("when?", reply_to=nothing.result)
        await heard(after=nothing.number)
        assert noting.how[-1]["at"] is None, "the nearest passage was no answer"


async def test_in_a_group_anybody_may_ask_on_by_a_reply_to_the_quote(
    api: BotApiServer, running, heard, answerer
) -> None:
    noting = Noting(judged(answerer, "answered"))
    async with running(noting):
        api.say(f"/ask {STEPS}", chat_type="supergroup")
        answer = await heard()
        api.say("who?", user=Reader(id=77), chat_type="supergroup", reply_to=answer.result, quote="Nora Pellew")
        await heard(after=answer.number)
    assert noting.how[-1]["at"].span.of(answerer(STEPS).quotes[0].article.text) == "Nora Pellew"
    assert len(api.messages(GROUP_ID)) == 2
