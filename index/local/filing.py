"""What is known about articles apart from their text, and which of them fit what is asked for."""

import json
from collections.abc import Iterator
from datetime import date

from index.analysis import as_compared
from index.article import ArticleSummary, PassageId
from index.filter import Filter
from index.local.lexical import Rows

_FILED = "SELECT id FROM titles JOIN passages USING (article) WHERE TRUE"


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
        tags = sorted(map(as_compared, under.tags))
        wanted = [("article IN (SELECT article FROM tagged WHERE tag = ?)", tag) for tag in tags]
        if under.authors:
            wanted.append(("author IN (SELECT value FROM json_each(?))", json.dumps(under.authors)))
        if under.since:
            wanted.append(("published >= ?", str(under.since)))
        if under.until:
            wanted.append(("published <= ?", str(under.until)))
        filed = " AND ".join([_FILED, *(condition for condition, _ in wanted)])
        return [id_ for (id_,) in self._rows(filed, [value for _, value in wanted])]


def day(text: str | None) -> date | None:
    """As the catalog keeps it."""
    return date.fromisoformat(text) if text else None
