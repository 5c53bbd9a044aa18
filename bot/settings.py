"""Settings, from the environment or from .env; each is explained in .env.example."""

from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from index.embedding import DEFAULT


class SettingsInvalid(Exception):
    """A setting has a value that it can't have; the text names it."""


class Settings(BaseSettings):
    """Field names are the environment's names in lower case."""

    model_config = SettingsConfigDict(
        env_file=".env", env_file_encoding="utf-8-sig", extra="ignore", env_ignore_empty=True
    )

    telegram_bot_token: SecretStr | None = None
    telegram_api_url: str = Field("https://api.telegram.org", pattern=r"^https?://\S+$")
    citabot_admin_ids: Annotated[frozenset[int], NoDecode] = frozenset()
    citabot_articles: Annotated[tuple[Path, ...], NoDecode] = (Path("seeds"),)
    citabot_library: Path = Path("library")
    citabot_embedding_model: str = DEFAULT
    citabot_reranking_model: str | None = None
    citabot_language: str = Field("en", pattern="^[a-z]{2}$")
    citabot_log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = "INFO"

    @field_validator("citabot_admin_ids", "citabot_articles", mode="before")
    @classmethod
    def _comma_separated(cls, value: Any) -> Any:
        if isinstance(value, str):
            return tuple(part.strip() for part in value.split(",") if part.strip())
        return value

    @field_validator("citabot_log_level", mode="before")
    @classmethod
    def _upper_case(cls, value: Any) -> Any:
        return value.upper() if isinstance(value, str) else value


def load_settings(**overrides: Any) -> Settings:
    """Settings with `overrides` that aren't None; raises SettingsInvalid."""
    try:
        return Settings(**{name: value for name, value in overrides.items() if value is not None})
    except ValidationError as error:
        wrong = "; ".join(
            f"{'_'.join(map(str, problem['loc'][:1])).upper()}: {problem['msg']}" for problem in error.errors()
        )
        raise SettingsInvalid(f"Check the environment and .env. {wrong}") from error
    except UnicodeDecodeError as error:
        raise SettingsInvalid("The file .env is not UTF-8: save it as UTF-8.") from error
