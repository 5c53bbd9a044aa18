"""Files that an admin sends become articles once the admin has seen what they hold."""

import gzip
import json
from pathlib import Path

import pytest

from bot.arriving import LARGEST
from bot.i18n import texts_for
from index.readers import READERS
from tests.bot.conftest import ADMIN, OPERATOR
from tests.bot.desk import BREAD, WHEN, added, answer, buttons, done, sent
from tests.bot_api import BotApiServer, marked

EN, IT = texts_for("en"), texts_for("it")
KINDS = ", ".join(READERS)


async def test_of_very_many_articles_it_is_told_that_they_are_not_all_counted(
    api: BotApiServer, at_work, heard
) -> None:
    lines = "\n".join(json.dumps({"title": f"Loaf {number}", "text": BREAD}) for number in range(10_002))
    async with at_work():
        preview = await sent(api, heard, "loaves.jsonl.gz", gzip.compress(lines.encode()))
    heading, *articles = preview.params["text"].split("\n")[:6]
    assert heading == "loaves.jsonl.gz: at least 10,000 articles"
    assert [article.split(" · ")[0] for article in articles] == [f"• Loaf {number}" for number in range(5)]
    assert EN("reindex-more", more=9_995) not in preview.params["text"]


async def test_a_file_is_shown_to_the_admin_who_sent_it_before_it_counts(
    api: BotApiServer, at_work, heard, library: Path
) -> None:
    async with at_work():
        preview = await sent(api, heard, "bread.txt", BREAD)
    assert preview.params["text"].split("\n") == [
        "bread.txt: one article",
        f"• Bread · en · {len(BREAD)} characters",
        *BREAD.split("\n"),
    ]
    assert marked(preview.params, "blockquote") == [BREAD]
    assert list(buttons(preview)) == ["Add", "Discard"]
    assert not (library / "sent").exists()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("bread.txt", BREAD),
        ("../bread.md", "---\ntitle: Bread\nauthor: Ada\n---\n\n" + BREAD.split("\n\n")[1]),
        ("bread.jsonl", json.dumps({"title": "Bread", "text": BREAD})),
        ("bread.jsonl.gz", gzip.compress(json.dumps({"title": "Bread", "text": BREAD}).encode())),
    ],
)
async def test_what_an_admin_adds_is_quoted_a_moment_later(api: BotApiServer, at_work, heard, name, content) -> None:
    async with at_work():
        end = await added(api, heard, name, content)
        quoted = await answer(api, heard, WHEN)
    assert "1 added, 0 changed, 0 removed, 3 unchanged" in end.params["text"]
    assert marked(quoted.params) == ["The bakery in Via Lunga opens at six in the morning."]


async def test_the_same_name_again_replaces_what_was_sent_before(api: BotApiServer, at_work, heard) -> None:
    async with at_work():
        await added(api, heard, "bread.txt", BREAD)
        preview = await sent(api, heard, "bread.txt", BREAD.replace("six", "seven"))
        assert preview.params["text"].endswith(f"\n{EN('file-replaces')}")
        end = await added(api, heard, "bread.txt", BREAD.replace("six", "eight"))
        assert "0 added, 1 changed, 0 removed, 3 unchanged" in end.params["text"]
        assert "opens at eight" in (await answer(api, heard, WHEN)).params["text"]


async def test_of_two_files_of_one_name_the_second_is_asked_about_again_before_it_replaces_the_first(
    api: BotApiServer, at_work, heard, library: Path
) -> None:
    async with at_work():
        first, second = [await sent(api, heard, "bread.txt", BREAD.replace("six", hour)) for hour in ("six", "ten")]
        assert second.params["text"] == first.params["text"].replace("six", "ten")
        api.press(first.result, buttons(first)["Add"], user=OPERATOR)
        end = await heard("editMessageText", where=done, timeout=180)
        api.press(second.result, buttons(second)["Add"], user=OPERATOR)
        asked = await heard("editMessageText", after=end.number)
        assert asked.params["text"] == f"{second.params['text']}\n{EN('file-replaces')}"
        assert "opens at six" in (await answer(api, heard, WHEN)).params["text"]
        api.press(asked.result, buttons(asked)["Add"], user=OPERATOR)
        await heard("editMessageText", where=done, after=asked.number, timeout=180)
        assert "opens at ten" in (await answer(api, heard, WHEN)).params["text"]


async def test_what_an_admin_discards_is_gone(api: BotApiServer, at_work, heard, library: Path) -> None:
    async with at_work():
        preview = await sent(api, heard, "bread.txt", BREAD)
        api.press(preview.result, buttons(preview)["Discard"], user=OPERATOR)
        told = await heard("editMessageText")
        api.press(preview.result, buttons(preview)["Add"], user=OPERATOR)
        again = await heard("editMessageText", after=told.number)
    assert told.params["text"] == EN("file-discarded")
    assert again.params["text"] == EN("file-gone")
    assert "reply_markup" not in told.result
    assert list((library / "arriving").iterdir()) == []


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("bread.exe", b"MZ", f"I can't read files of that kind. I can read: {KINDS}"),
        ("bread", b"Bread", f"I can't read files of that kind. I can read: {KINDS}"),
        ("bread.txt", b"", "I find no article in it: is empty"),
        ("bread.txt", b"\0\1\2", "I find no article in it: looks binary"),
        ("bread.jsonl.gz", b"no gzip", "I find no article in it: is damaged: what comes after is missing"),
    ],
)
async def test_a_file_that_is_no_article_is_refused_with_the_reason(
    api: BotApiServer, at_work, heard, name, content, told
) -> None:
    async with at_work():
        assert (await sent(api, heard, name, content)).params["text"] == told


@pytest.mark.parametrize("told", [LARGEST + 1, 5])
async def test_a_file_that_is_too_large_is_refused_whatever_telegram_says_of_it(
    api: BotApiServer, at_work, heard, told
) -> None:
    async with at_work():
        refused = await sent(api, heard, "bread.txt", b"x" * (LARGEST + 1), file_size=told)
    assert refused.params["text"] == "That is too large: 20 MB at most."


async def test_a_file_that_telegram_has_no_more_is_asked_for_again(api: BotApiServer, at_work, heard) -> None:
    chat = {"id": ADMIN, "type": "private", "first_name": "Grace"}
    document = {"file_id": "gone", "file_unique_id": "u", "file_name": "bread.txt", "file_size": -1}
    message = {"message_id": 9, "date": 0, "chat": chat, "from": {"id": ADMIN, "is_bot": False, "first_name": "Grace"}}
    async with at_work():
        api.push({"message": message | {"document": document}})
        assert (await heard()).params["text"] == EN("file-gone")


async def test_a_damaged_line_is_named_and_the_others_are_shown(api: BotApiServer, at_work, heard) -> None:
    async with at_work():
        preview = await sent(api, heard, "two.jsonl", json.dumps({"title": "Bread", "text": BREAD}) + "\n{")
    assert preview.params["text"].endswith("\nOne was skipped:\n• two.jsonl:2: is not JSON")


async def test_a_hostile_file_makes_a_message_that_telegram_takes(
    api: BotApiServer, at_work, heard, library: Path
) -> None:
    """Titles and names without end, of characters that count twice, and brackets that are no markup."""
    articles = [{"title": "𝔅<b>" * 100, "author": "😀" * 900, "text": "🥖 x" * 2000} for _ in range(30)]
    name = "\u202e<i>" + "𝔅" * 300 + "/../" + "漢" * 90 + ".jsonl"
    async with at_work():
        preview = await sent(api, heard, name, "\n".join(map(json.dumps, articles)))
    assert preview.params["text"].startswith("漢漢")
    assert "30 articles" in preview.params["text"]
    assert "… and 25 more" in preview.params["text"]
    assert len(list((library / "arriving").glob("*/*.jsonl"))) == 1


async def test_files_that_are_added_while_a_reindex_is_at_work_come_after_it(api: BotApiServer, at_work, heard) -> None:
    async with at_work():
        first, second = (
            await sent(api, heard, "bread.txt", BREAD),
            await sent(api, heard, "cake.txt", "Cake\n\nThe cake shop opens at noon."),
        )
        for preview in (first, second):
            api.press(preview.result, buttons(preview)["Add"], user=OPERATOR)
        await heard(where=lambda params: params["text"] == EN("file-waits"))
        one = await heard("editMessageText", where=done, timeout=180)
        last = await heard("editMessageText", where=lambda params: "s" in params["text"], after=one.number, timeout=180)
        assert last.params["text"].startswith(("Done in", "Nothing has changed"))
        assert "opens at noon" in (await answer(api, heard, "When does the cake shop open?")).params["text"]
        assert "opens at six" in (await answer(api, heard, WHEN)).params["text"]


async def test_what_was_added_before_the_bot_stopped_is_taken_up_by_the_next_reindex(
    api: BotApiServer, at_work, heard
) -> None:
    async with at_work():
        for preview in (
            await sent(api, heard, "bread.txt", BREAD),
            await sent(api, heard, "cake.txt", "Cake\n\nThe cake shop opens at noon."),
        ):
            api.press(preview.result, buttons(preview)["Add"], user=OPERATOR)
        waits = await heard(where=lambda params: params["text"] == EN("file-waits"))
    async with at_work():
        api.say("/reindex", user=OPERATOR)
        await heard("editMessageText", where=done, after=waits.number, timeout=180)
        assert "opens at noon" in (await answer(api, heard, "When does the cake shop open?")).params["text"]
        assert "opens at six" in (await answer(api, heard, WHEN)).params["text"]


@pytest.mark.parametrize("language", ["en", "it"])
async def test_a_file_from_a_reader_is_no_article(api: BotApiServer, at_work, heard, library, language) -> None:
    async with at_work():
        api.send_file("bread.txt", BREAD.encode(), language_code=language)
        assert (await heard()).params["text"] == texts_for(language)("only-text")
    assert not (library / "arriving").exists()


async def test_an_admin_is_spoken_to_in_italian(api: BotApiServer, at_work, heard) -> None:
    async with at_work():
        preview = await sent(api, heard, "bread.txt", BREAD, language_code="it")
        api.press(preview.result, buttons(preview)[IT("discard")], user=OPERATOR, language_code="it")
        assert (await heard("editMessageText")).params["text"] == IT("file-discarded")
    assert preview.params["text"].startswith("bread.txt: un articolo\n")
    assert {message["chat"]["id"] for message in api.messages(ADMIN)} == {ADMIN}
