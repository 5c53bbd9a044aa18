"""Messages that ask nothing: greetings, thanks, and those without a word."""

from typing import Literal

from index.analysis import words

SmallTalk = Literal["greeting", "thanks", "empty"]

_GREETINGS = """hello|hi|hey|good morning|good evening|ciao|salve|buongiorno|buonasera|hola|buenos dias|bonjour|salut
|hallo|guten tag|ola|bom dia|привет|здравствуйте|你好|こんにちは|مرحبا|merhaba|hoi""".replace("\n", "").split("|")
_THANKS = """thanks|thank you|thanks a lot|thx|grazie|grazie mille|gracias|muchas gracias|merci|merci beaucoup|danke
|vielen dank|obrigado|obrigada|спасибо|谢谢|ありがとう|شكرا|tesekkurler|bedankt|ok|okay""".replace("\n", "").split("|")


def _folded(phrases: list[str]) -> frozenset[tuple[str, ...]]:
    return frozenset(tuple(words(phrase)) for phrase in phrases)


_KINDS: dict[SmallTalk, frozenset[tuple[str, ...]]] = {
    "greeting": _folded(_GREETINGS),
    "thanks": _folded(_THANKS),
}


def small_talk(text: str) -> SmallTalk | None:
    """What kind of small talk `text` is; None for a question."""
    said = tuple(words(text[:200]))
    if not said:
        return "empty"
    return next((kind for kind, phrases in _KINDS.items() if said in phrases), None)
