"""Questions turned into their opposite, which a passage that answers them as a rule doesn't answer."""

import random
import re
from collections.abc import Mapping

_PAIRS: Mapping[str, str] = {
    "en": (
        "first last|most least|more fewer|before after|largest smallest|biggest smallest|"
        "highest lowest|higher lower|oldest newest|older younger|above below|early late|"
        "earlier later|north south|northern southern|east west|eastern western|increase decrease|"
        "increased decreased|won lost|win lose|began ended|begin end|start finish|"
        "started finished|best worst|better worse|always never|inside outside|major minor|"
        "positive negative|with without|same different|male female|men women|longest shortest|"
        "longer shorter|large small|big little|high low|old new|strong weak|strongest weakest|"
        "rich poor|hot cold|fast slow|maximum minimum|majority minority|gain lose|gained lost|"
        "allowed forbidden|accepted refused|built destroyed|opened closed|open close|buy sell|"
        "bought sold|born buried|can cannot|did didn't|does doesn't|do don't|was wasn't|"
        "were weren't|is isn't|are aren't|has hasn't|had hadn't|could couldn't|would wouldn't|"
        "should shouldn't|will won't"
    ),
    "it": (
        "primo ultimo|prima dopo|primi ultimi|prime ultime|più meno|maggiore minore|"
        "maggiori minori|massimo minimo|massima minima|nord sud|settentrionale meridionale|"
        "est ovest|orientale occidentale|migliore peggiore|alto basso|alta bassa|grande piccolo|"
        "grandi piccoli|vecchio nuovo|vecchia nuova|vinse perse|vinto perso|con senza|"
        "sempre mai|dentro fuori|positivo negativo|positiva negativa|stesso diverso|"
        "stessa diversa|maschile femminile|uomini donne|lungo corto|lunga corta|forte debole|"
        "forti deboli|ricco povero|caldo freddo|veloce lento|inizio fine|iniziò finì|"
        "iniziato finito|maggioranza minoranza|aumentato diminuito|aumentare diminuire|"
        "accettato rifiutato|costruito distrutto|aperto chiuso|è non_è|era non_era|"
        "erano non_erano|sono non_sono|ha non_ha|hanno non_hanno|fu non_fu|furono non_furono|"
        "può non_può|aveva non_aveva|deve non_deve|viene non_viene|faceva non_faceva|fa non_fa"
    ),
}
"""Words and their opposites, either way; a negation is the opposite of its verb."""
_NOT = "non "
_WORD = re.compile(r"[\w']+")


def opposite_of(question: str, *, language: str, chance: random.Random) -> str | None:
    """With one of its words turned round; None without such a word, or a language whose words aren't known."""
    turned = _OPPOSITES.get(language, {})
    found = [word for word in _WORD.finditer(question) if word[0].lower() in turned]
    if not found:
        return None
    word = chance.choice(found)
    other, before = turned[word[0].lower()], question[: word.start()]
    if other.startswith(_NOT) and before.lower().endswith(_NOT):
        return before[: -len(_NOT)] + question[word.start() :]
    shown = other[0].upper() + other[1:] if word[0][0].isupper() else other
    return before + shown + question[word.end() :]


def _both_ways(pairs: str) -> dict[str, str]:
    known = [pair.split(" ") for pair in pairs.split("|")]
    words = [(one, other.replace("_", " ")) for one, other in known]
    return {other: one for one, other in reversed(words)} | dict(reversed(words))


_OPPOSITES = {language: _both_ways(pairs) for language, pairs in _PAIRS.items()}
