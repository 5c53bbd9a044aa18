"""All that can be found in a library, whatever the numbers of its passages are."""

from pathlib import Path

from index.local.library import LocalLibrary
from tests.fakes import HashingEmbedder


def found_in(
    library: Path, question: str = "il faro è spento", terms: tuple[str, ...] = ("far", "nav", "ret")
) -> object:
    """Equal for libraries that answer alike."""
    opened = LocalLibrary(library)
    passages = {passage.id: passage for passage in opened.passages(range(1, 10_000))}
    places = {id_: (passage.article.id, passage.place) for id_, passage in passages.items()}
    asked = HashingEmbedder().read_question(question).vector
    found = [
        list(opened.articles()),
        sorted(
            (places[id_], passage.article.digest, passage.span, passage.sentences) for id_, passage in passages.items()
        ),
        sorted((places[near.id], near.passage, near.sentences) for near in opened.nearest(asked, 1000)),
        sorted((places[near.id], near.lexical) for near in opened.matching(terms, 1000)),
        sorted((places[id_], tokens.signs.tolist()) for id_, tokens in opened.tokens(list(passages)).items()),
        sorted((places[each.id], each.terms) for each in opened.summaries(list(passages))),
        dict(opened.languages),
    ]
    opened.close()
    return found


def texts_in(library: Path) -> dict[str, str]:
    """Text of each article by its id."""
    opened = LocalLibrary(library)
    articles = {summary.id: opened.article(summary.id) for summary in opened.articles()}
    opened.close()
    return {id_: article.text for id_, article in articles.items() if article}
