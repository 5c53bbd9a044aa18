"""What is known about articles apart from their text, and which of them fit what is asked for."""

import json
from collections.abc import Iterator
from datetime import date

from index.analysis import as_compared
from index.article import ArticleSummary, PassageId
from index.filter import Filter
from index.local.lexical import Rows

_FILED = """
    SELECT id FROM titles JOIN passages USING (article)
    WHERE (?1 IS NULL OR published >= ?1) AND (?2 IS NULL OR published <= ?2)
    AND (?3 = '[]' OR author IN (SELECT value FROM json_each(?3)))
    AND (SELECT count(*) FROM tagged WHERE tagged.article = titles.article
        AND tag IN (SELECT value FROM json_each(?4))) = json_array_length(?4)
"""


class Filing:
    """Of one generation of a catalog, whose `rows` it asks for."""

    def __init__(self, rows: Rows) -> None:
        self._rows = rows

    def articles(self) -> Iterator[ArticleSummary]:
        """By title."""
        for row in self._rows(
            "SELECT id, title, articles.language, source, articles.author, articles.published, url, places"
            " FROM articles JOIN titles ON article = id ORDER BY title COLLATE NOCASE, id"
        ):
            id_, title, language, source, author, published, url, passages = row
            yield ArticleSummary(
                id=id_, title=title, language=language, source=source, author=author,
                published=day(published), url=url, passages=passages,
            )  # fmt: skip

    def languages(self) -> dict[str, int]:
        """Articles by language."""
        return dict(self._rows("SELECT language, count(*) FROM titles GROUP BY language ORDER BY 2 DESC, 1"))

    def authors(self) -> list[str]:
        """As articles name them, each once."""
        return [author for (author,) in self._rows("SELECT DISTINCT author FROM titles WHERE author != ''")]

    def filed(self, under: Filter) -> list[PassageId]:
        """All of the articles that fit, in no order; an article without a day or an author has none that would."""
        tags = sorted(set(map(as_compared, under.tags)))
        values = (under.since, under.until, json.dumps(under.authors), json.dumps(tags))
        return [id_ for (id_,) in self._rows(_FILED, [str(value) if value else None for value in values])]


def day(text: str | None) -> date | None:
    """As the catalog keeps it."""
    return date.fromisoformat(text) if text else None
