"""What the bot says, by language: Fluent messages out of locales/."""

from functools import cache
from importlib import resources

from fluent.runtime import FluentBundle, FluentResource

FALLBACK = "en"


class Texts:
    """The bot's words in one language."""

    def __init__(self, language: str, bundle: FluentBundle) -> None:
        self.language = language
        self._bundle = bundle

    def __call__(self, message: str, **values: str | int) -> str:
        """The message of that name with `values` in their places; raises KeyError for an unknown name."""
        pattern = self._bundle.get_message(message).value
        if pattern is None:
            raise KeyError(message)
        text, errors = self._bundle.format_pattern(pattern, values)
        if errors:
            raise KeyError(f"{message} ({self.language}): {errors}")
        return str(text)


@cache
def languages() -> tuple[str, ...]:
    """Those that the bot speaks."""
    files = resources.files("bot").joinpath("locales").iterdir()
    return tuple(sorted(file.name.removesuffix(".ftl") for file in files if file.name.endswith(".ftl")))


@cache
def _texts(language: str) -> Texts:
    source = resources.files("bot").joinpath("locales", f"{language}.ftl").read_text(encoding="utf-8")
    bundle = FluentBundle([language], use_isolating=False)
    bundle.add_resource(FluentResource(source))
    return Texts(language, bundle)


def texts_for(*wanted: str | None) -> Texts:
    """The first of the `wanted` languages (`it`, `pt-BR`) that the bot speaks, else English."""
    spoken = languages()
    short = ((code or "").replace("_", "-").split("-")[0].lower() for code in wanted)
    return _texts(next((code for code in short if code in spoken), FALLBACK))
