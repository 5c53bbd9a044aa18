"""Settings, from the environment or from .env; each is explained in .env.example."""

import re
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal
from urllib.parse import urlsplit

from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from bot.i18n import FALLBACK, languages
from index.embedding import DEFAULT

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

_API = re.compile(r"https?://\S+")
_WEBHOOK = re.compile(r"(https://[\w.-]+|http://(localhost|127\.0\.0\.1))(:\d{1,5})?/[\w.~/-]+", re.ASCII)
"""Telegram asks for https; a Bot API server on the same machine doesn't."""
_TAKEN = ("/health", "/ready")
_SECRET = re.compile(r"[A-Za-z0-9_-]{1,256}")
_ADDRESS = re.compile(r"(\[[0-9a-fA-F:]+\]|[\w.-]+):[0-9]{1,5}", re.ASCII)
_LAST_PORT = 65_535
_WHOLE = "must be a whole number"
_IN_WORDS = {
    "int_parsing": _WHOLE,
    "int_parsing_size": _WHOLE,
    "int_from_float": _WHOLE,
    "float_parsing": "must be a number",
    "bool_parsing": "must be true or false",
    "literal_error": "must be {expected}",
    "greater_than_equal": "must be at least {ge:g}",
    "less_than_equal": "must be at most {le:g}",
    "value_error": "{error}",
}
"""What pydantic calls a mistake, as people do."""
_SHORT = re.compile(r"[^:]{1,33}")
"""Part of a list, unless it is a token that came into the wrong line."""


class SettingsInvalid(Exception):
    """A setting has a value that it can't have; the text names it."""


class Settings(BaseSettings):
    """Field names are the environment's names in lower case."""

    model_config = SettingsConfigDict(
        env_file=".env", env_file_encoding="utf-8-sig", extra="ignore", env_ignore_empty=True
    )

    telegram_bot_token: SecretStr | None = None
    telegram_api_url: str = "https://api.telegram.org"
    citabot_admin_ids: Annotated[frozenset[int], NoDecode] = frozenset()
    citabot_articles: Annotated[tuple[Path, ...], NoDecode] = (Path("seeds"),)
    citabot_watch: bool = False
    citabot_library: Path = Path("library")
    citabot_embedding_model: str = DEFAULT
    citabot_reranking_model: str | None = None
    citabot_reader: bool = True
    citabot_language: str = FALLBACK
    citabot_log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = "INFO"
    citabot_webhook_url: str | None = None
    citabot_webhook_secret: SecretStr | None = None
    citabot_listen: str | None = None
    citabot_access: Literal["open", "invite", "listed"] = "open"
    citabot_reader_ids: Annotated[frozenset[int], NoDecode] = frozenset()
    citabot_questions_a_minute: int = Field(12, ge=1, le=1000)
    citabot_keep_days: int = Field(90, ge=1, le=3650)
    citabot_private_pages: bool = False
    citabot_golden_fall: float = Field(0.05, ge=0, le=1)
    citabot_digest: Literal["never", "daily", "weekly"] = "never"

    @field_validator("citabot_admin_ids", "citabot_reader_ids", "citabot_articles", mode="before")
    @classmethod
    def _comma_separated(cls, value: Any) -> Any:
        if isinstance(value, str):
            return tuple(part.strip() for part in value.split(",") if part.strip())
        return value

    @field_validator("citabot_log_level", mode="before")
    @classmethod
    def _upper_case(cls, value: Any) -> Any:
        return value.upper() if isinstance(value, str) else value

    @field_validator("telegram_api_url")
    @classmethod
    def _of_a_server(cls, value: str) -> str:
        if not _API.fullmatch(value):
            raise ValueError("must be an http or https address, such as https://api.telegram.org")
        return value

    @field_validator("citabot_language")
    @classmethod
    def _spoken(cls, value: str) -> str:
        if value not in languages():
            raise ValueError(f"must be one of {' '.join(languages())}")
        return value

    @field_validator("citabot_webhook_url")
    @classmethod
    def _with_a_path(cls, value: str | None) -> str | None:
        if value is not None and not (_WEBHOOK.fullmatch(value) and urlsplit(value).path not in _TAKEN):
            raise ValueError(
                "must be an https address with a path of its own, such as https://example.org/citabot/7f3a"
            )
        return value

    @field_validator("citabot_webhook_secret")
    @classmethod
    def _plain(cls, value: SecretStr | None) -> SecretStr | None:
        if value is not None and not _SECRET.fullmatch(value.get_secret_value()):
            raise ValueError("must be 1 to 256 of the characters A-Z, a-z, 0-9, _ and -")
        return value

    @field_validator("citabot_listen")
    @classmethod
    def _with_a_port(cls, value: str | None) -> str | None:
        if value is not None and not (_ADDRESS.fullmatch(value) and int(value.rpartition(":")[2]) <= _LAST_PORT):
            raise ValueError("must be a host and a port, such as 127.0.0.1:8080")
        return value


def load_settings(**overrides: Any) -> Settings:
    """Settings with `overrides` that aren't None; raises SettingsInvalid."""
    try:
        return Settings(**{name: value for name, value in overrides.items() if value is not None})
    except ValidationError as error:
        wrong = "; ".join(map(_in_words, error.errors()))
        raise SettingsInvalid(f"Check the environment and .env. {wrong}") from error
    except UnicodeDecodeError as error:
        raise SettingsInvalid("The file .env is not UTF-8: save it as UTF-8.") from error


def _in_words(problem: "ErrorDetails") -> str:
    """A setting's name, which part of a list is wrong, and what it should be."""
    name, *part = problem["loc"]
    words = _IN_WORDS.get(problem["type"])
    said = words.format_map(problem.get("ctx", {})) if words else problem["msg"]
    if part:
        given = str(problem["input"])
        shown = given if _SHORT.fullmatch(given) else f"{given[:6]}…"
        said = f"{shown!r} {said}, with commas between several"
    return f"{str(name).upper()}: {said}"
