"""Messages that ask nothing: greetings, thanks, and those without a word."""

from collections.abc import Sequence
from typing import Literal

from index.analysis import words

SmallTalk = Literal["greeting", "thanks", "empty"]

_GREETINGS = """hello|hi|hey|good day|good morning|good afternoon|good evening|good night|ciao|salve
|buongiorno|buon giorno|buon pomeriggio|buonasera|buona sera|buonanotte|buona notte|hola|buenos dias
|buenas tardes|buenas noches|bonjour|bonsoir|bonne nuit|coucou|salut|hallo|moin|servus|guten tag
|guten morgen|guten abend|gute nacht|ola|bom dia|boa tarde|boa noite|привет|здравствуй|здравствуйте
|доброе утро|добрый день|добрый вечер|你好|您好|こんにちは|مرحبا|merhaba|hoi|γεια|γεια σου|γεια σας|καλημερα
|καλησπερα|buna|buna ziua|xin chao|สวัสดี|नमस्ते""".replace("\n", "").split("|")
_THANKS = """thanks|thank you|thx|thanks a lot|many thanks|grazie|grazie mille|mille grazie|ti ringrazio
|la ringrazio|vi ringrazio|gracias|muchas gracias|mil gracias|merci|danke|vielen dank|besten dank|obrigado
|obrigada|спасибо|благодарю|谢谢|谢谢你|ありがとう|ありがとうございます|شكرا|شكرا جزيلا
|tesekkurler|tesekkur ederim|bedankt
|ευχαριστω|multumesc|cam on|ขอบคุณ|धन्यवाद|ok|okay|all right|alright|perfect|great|va bene|d'accordo
|perfetto|ottimo|vale|de acuerdo|perfecto|d'accord|parfait|in ordnung|alles klar|perfekt|хорошо|понятно|ясно
|отлично""".replace("\n", "").split("|")
_BESIDE = frozenset(
    words(
        "so very much you there all everyone everybody bot citabot then a e tutti tante infinite molte molto "
        "bene allora y muy todos todas tous toutes beaucoup bien et und sehr schon viel alle zusammen большое "
        "вам тебе всем очень и nhieu"
    )
)
"""Words that go with such phrases and ask nothing."""


def _folded(phrases: Sequence[str]) -> frozenset[tuple[str, ...]]:
    return frozenset(tuple(words(phrase)) for phrase in phrases)


_KINDS: dict[SmallTalk, frozenset[tuple[str, ...]]] = {
    "greeting": _folded(_GREETINGS),
    "thanks": _folded(_THANKS),
}
_LONGEST = max(len(phrase) for phrases in _KINDS.values() for phrase in phrases)
"""Words of a phrase, and of all that may be said with it."""


def small_talk(text: str) -> SmallTalk | None:
    """What kind of small talk `text` is, thanks where it both greets and thanks; None for a question."""
    said = tuple(words(text[:200]))
    if not said:
        return "empty"
    kinds = _kinds_in(said) if len(said) <= _LONGEST else set()
    return next((kind for kind in ("thanks", "greeting") if kind in kinds), None)


def _kinds_in(said: tuple[str, ...]) -> set[SmallTalk]:
    """Of the phrases that it consists of; none where it says anything else."""
    kinds = set[SmallTalk]()
    while said:
        phrase = _phrase_at_the_beginning(said)
        if phrase:
            kind, length = phrase
            kinds.add(kind)
        elif said[0] in _BESIDE:
            length = 1
        else:
            return set()
        said = said[length:]
    return kinds


def _phrase_at_the_beginning(said: tuple[str, ...]) -> tuple[SmallTalk, int] | None:
    """The longest: its kind, and how many words it has."""
    for length in range(min(_LONGEST, len(said)), 0, -1):
        for kind, phrases in _KINDS.items():
            if said[:length] in phrases:
                return kind, length
    return None
