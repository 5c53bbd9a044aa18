"""Files of questions whose answers are known."""

import gzip
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from index.article import Article, Span

Part = Literal["tuning", "reporting"]

_FORM = 'one looks like {"id": "1", "question": "…", "article_id": "…", "answers": [{"text": "…", "start": 12}]}'


class QuestionsUnreadable(Exception):
    """A file of questions is missing or malformed; the text says where."""


@dataclass(frozen=True, kw_only=True, slots=True)
class AskedQuestion:
    """A question with what answers it."""

    id: str
    text: str
    language: str
    answerable: bool
    article: str | None = None
    """Id, or the name of its file, of the article that answers."""
    spans: tuple[Span, ...] = ()
    """Where the answer stands in it; any of them will do."""
    wordings: tuple[str, ...] = ()
    """What the answer says, where its place isn't given."""
    relevant: frozenset[str] = frozenset()
    """Ids of all articles that answer, where no more than that is known."""

    def answered_by(self, article: Article, span: Span) -> bool:
        """Whether that part of that article holds the answer."""
        if self.relevant:
            return article.id in self.relevant
        if self.article not in (article.id, article.source):
            return False
        text = span.of(article.text)
        return any(answer in span for answer in self.spans) or (
            not self.spans and any(wording in text for wording in self.wordings)
        )


def read_questions(path: Path) -> Iterator[AskedQuestion]:
    """One question a line of JSON, also gzipped; raises QuestionsUnreadable."""
    try:
        with gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else path.open(encoding="utf-8") as lines:
            for number, line in enumerate(lines, start=1):
                if line.strip():
                    yield _question(line, f"{path}:{number}")
    except (OSError, EOFError, UnicodeDecodeError) as error:
        raise QuestionsUnreadable(f"{path} cannot be read: {error}") from error


def part_of(questions: Sequence[AskedQuestion], part: Part) -> list[AskedQuestion]:
    """Those about every second article by id: what is chosen on one part is reported on the other."""
    articles = sorted({question.article or "" for question in questions})
    chosen = set(articles[0::2] if part == "tuning" else articles[1::2])
    return [question for question in questions if (question.article or "") in chosen]


def _question(line: str, place: str) -> AskedQuestion:
    try:
        fields: dict[str, Any] = json.loads(line)
        answers = fields.get("answers") or []
        placed = [answer for answer in answers if isinstance(answer, dict)]
        return AskedQuestion(
            id=str(fields["id"]),
            text=fields["question"],
            language=fields.get("lang", "und"),
            answerable=bool(fields.get("answerable", True)),
            article=fields.get("article_id", fields.get("article")),
            spans=tuple(Span(answer["start"], answer["start"] + len(answer["text"])) for answer in placed),
            wordings=tuple(answer for answer in answers if isinstance(answer, str)),
            relevant=frozenset(fields.get("relevant_article_ids") or ()),
        )
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise QuestionsUnreadable(f"{place} is no question ({type(error).__name__}: {error}); {_FORM}") from error
