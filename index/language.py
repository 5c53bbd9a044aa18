"""Which language a text is written in."""

from functools import cache
from typing import Any

UNKNOWN = "und"
ASKED = (
    *("ar", "bg", "ca", "cs", "da", "de", "el", "en", "es", "fa", "fi", "fr", "he", "hi", "hr", "hu", "id", "it"),
    *("ja", "ko", "nl", "no", "pl", "pt", "ro", "ru", "sk", "sl", "sr", "sv", "th", "tr", "uk", "vi", "zh"),
)
"""Languages that a question is looked for in; the fewer they are, the surer a short one is told."""

_LOOKED_AT = 4000
"""Characters; more of an article would not change what is found."""


@cache
def _identifier(among: tuple[str, ...]) -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    if among:
        identifier.set_languages(list(among))
    return identifier


def detect(text: str, *, among: tuple[str, ...] = ()) -> str:
    """ISO 639-1 of the likeliest language (of `among`, if given), `und` for a text without letters."""
    looked_at = text[:_LOOKED_AT]
    if not any(character.isalpha() for character in looked_at):
        return UNKNOWN
    language, _probability = _identifier(among).classify(looked_at)
    return str(language)
