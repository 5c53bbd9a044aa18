"""What `citabot check` says of settings that are valid, and yet may not be what was meant."""

import re
from collections.abc import Iterator
from difflib import get_close_matches
from pathlib import Path

from pydantic_settings import DotEnvSettingsSource, EnvSettingsSource

from bot import condition
from bot.settings import Settings
from index.errors import SourceMissing
from index.sources import files_of

_OURS = re.compile(r"citabot_(\w*)", re.ASCII)
_TOKEN = re.compile(r"[0-9]+:[A-Za-z0-9_-]+(/test)?")
"""As @BotFather gives them; `/test` leads to Telegram's test servers."""


def wrong_token(settings: Settings) -> str | None:
    """Why the bot can't start with the token that is set, without showing it."""
    token = settings.telegram_bot_token
    if token is None or _TOKEN.fullmatch(token.get_secret_value().strip()):
        return None
    return (
        "wrong: TELEGRAM_BOT_TOKEN must be digits, a colon, and letters, digits, _ or -; "
        "copy it from @BotFather once more"
    )


def remarks_on(settings: Settings) -> list[str]:
    """Names that are no setting's, articles that aren't there, nobody who may ask; raises IndexingError."""
    return [*_file_unread(), *_names_unknown(), *_articles_missing(settings), *_nobody_let_in(settings)]


def _file_unread() -> Iterator[str]:
    if Path(".env").is_dir():
        yield ".env is a folder, so nothing is read from it: write the settings into a file of that name"


def _names_unknown() -> Iterator[str]:
    """The names alone, since what belongs to them may be a secret."""
    known = {name.removeprefix("citabot_"): name for name in Settings.model_fields}
    for source, where in ((EnvSettingsSource, "the environment"), (DotEnvSettingsSource, ".env")):
        for ours in map(_OURS.match, source(Settings).env_vars):
            if ours and ours[0] not in Settings.model_fields:
                nearest = get_close_matches(ours[1], known, n=1)
                meant = f": {known[nearest[0]].upper()} may be meant" if nearest else ", and counts for nothing"
                yield f"{ours[0].upper()} in {where} is no setting{meant}"


def _articles_missing(settings: Settings) -> Iterator[str]:
    if condition.is_left_alone(settings):
        return
    for source in settings.citabot_articles:
        try:
            next(files_of([source]), None)
        except SourceMissing as error:
            yield str(error)


def _nobody_let_in(settings: Settings) -> Iterator[str]:
    if settings.citabot_access == "listed" and not settings.citabot_reader_ids | settings.citabot_admin_ids:
        yield (
            "CITABOT_ACCESS is listed, but neither CITABOT_READER_IDS nor CITABOT_ADMIN_IDS names anybody: "
            "write ids there, or leave it open"
        )
