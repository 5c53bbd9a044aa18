"""What the bot says of itself is kept for each language."""

import pytest
from telegram import Bot
from telegram.error import BadRequest


async def test_commands_are_kept_for_each_language(bot: Bot) -> None:
    await bot.set_my_commands([("start", "Begin")])
    await bot.set_my_commands([("start", "Commencer")], language_code="fr")
    assert [command.description for command in await bot.get_my_commands()] == ["Begin"]
    await bot.delete_my_commands()
    assert await bot.get_my_commands() == ()
    assert [command.description for command in await bot.get_my_commands(language_code="fr")] == ["Commencer"]
    with pytest.raises(BadRequest, match="Bot_command_invalid"):
        await bot.set_my_commands([("Große", "no")])


async def test_a_description_is_remembered_for_each_language(bot: Bot) -> None:
    await bot.set_my_description("Quotes articles.")
    await bot.set_my_description("Cita articoli.", language_code="it")
    await bot.set_my_short_description("Quotes.")
    found = [(await bot.get_my_description(language)).description for language in (None, "it", "fr")]
    assert found == ["Quotes articles.", "Cita articoli.", "Quotes articles."]
    assert (await bot.get_my_short_description("it")).short_description == "Quotes."
    await bot.set_my_description(language_code="it")
    assert (await bot.get_my_description("it")).description == "Quotes articles."
    with pytest.raises(BadRequest, match="Bot_description_too_long"):
        await bot.set_my_description("x" * 513)
    with pytest.raises(BadRequest, match="Bot_short_description_too_long"):
        await bot.set_my_short_description("x" * 121)
