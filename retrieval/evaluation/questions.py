"""Files of questions whose answers are known."""

import gzip
import json
import zlib
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from index.article import Article, Span
from index.language import UNKNOWN

Part = Literal["tuning", "reporting"]
Line = tuple[str, bytes]
"""With its file and number before it."""

FORM = 'a line looks like {"id": "1", "question": "…", "article_id": "…", "answers": [{"text": "…", "start": 12}]}'


class QuestionsUnreadable(Exception):
    """A file of questions is missing, malformed or about other articles; the text says where and how to mend it."""


@dataclass(frozen=True, kw_only=True, slots=True)
class AskedQuestion:
    """A question with what answers it."""

    id: str
    text: str
    language: str = UNKNOWN
    answerable: bool
    article: str | None = None
    """Id, or the name of its file, of the article that answers."""
    spans: tuple[Span, ...] = ()
    """Where the answer stands in it; any of them will do."""
    texts: tuple[str, ...] = ()
    """What stands at each of `spans`."""
    wordings: tuple[str, ...] = ()
    """What the answer says, where its place isn't given; in any article where none is named."""
    relevant: frozenset[str] = frozenset()
    """Ids or files of all articles that answer, where no more than that is known."""
    paragraph: Span | None = None
    """The part of the article that the question is about, whether it answers or not, where that is given."""

    @property
    def articles(self) -> frozenset[str]:
        """All that the question names."""
        return self.relevant or frozenset({self.article} if self.article else ())

    def answered_by(self, article: Article, span: Span) -> bool:
        """Whether that part of that article holds the answer."""
        if self.articles and self.articles.isdisjoint((article.id, article.source)):
            return False
        if self.relevant or self.spans:
            return bool(self.relevant) or any(answer in span for answer in self.spans)
        text = span.of(article.text).casefold()
        return any(wording.casefold() in text for wording in self.wordings)

    def misplaced_in(self, article: Article) -> bool:
        """Whether none of the answers stands where the question says: its article has another text by now."""
        named = bool(self.spans) and self.article in (article.id, article.source)
        return named and all(span.of(article.text) != text for span, text in zip(self.spans, self.texts, strict=True))


def read_questions(*paths: Path) -> list[AskedQuestion]:
    """One question a line of JSON, also gzipped; what stands there twice counts once. Raises QuestionsUnreadable."""
    return questions_in(line for path in paths for line in lines_of(path))


def questions_in(lines: Iterable[Line]) -> list[AskedQuestion]:
    """As `read_questions` reads them."""
    questions = [_question(line, place) for place, line in lines]
    return list({(question.id, question.text): question for question in questions}.values())


def part_of(questions: Sequence[AskedQuestion], part: Part) -> list[AskedQuestion]:
    """Those about every second article: what is chosen on one part is reported on the other.

    Which part an article is in hangs on its name alone, so that no other file or library moves it. Questions about no
    article go by their own ids.
    """
    return [question for question in questions if _part(min(question.articles, default=question.id)) == part]


def present(questions: Sequence[AskedQuestion], articles: Collection[str]) -> tuple[list[AskedQuestion], list[str]]:
    """Those that the library could answer or should refuse, and the articles that the others are about.

    `articles` are the library's, by id and by source.
    """
    kept, absent = [], set[str]()
    for question in questions:
        if question.answerable and question.articles and question.articles.isdisjoint(articles):
            absent |= question.articles
        else:
            kept.append(question)
    return kept, sorted(absent)


def lines_of(path: Path) -> list[Line]:
    """What is not blank in a file that may be gzipped, or in a pipe; raises QuestionsUnreadable where all is."""
    try:
        with gzip.open(path, "rb") if path.suffix == ".gz" else path.open("rb") as opened:
            lines = [(f"{path}:{number}", line) for number, line in enumerate(opened, start=1) if line.strip()]
    except (OSError, EOFError, zlib.error) as error:
        raise QuestionsUnreadable(f"{path} cannot be read ({error}): is it whole, and the right file?") from error
    if not lines:
        raise QuestionsUnreadable(f"{path} holds no questions; {FORM}")
    return lines


def _part(name: str) -> Part:
    return "reporting" if zlib.crc32(name.encode("utf-8", "surrogatepass")) % 2 else "tuning"


def _question(line: bytes, place: str) -> AskedQuestion:
    try:
        return made_of(json.loads(line.decode("utf-8-sig")))
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        why = f"{error} is missing" if isinstance(error, KeyError) else error
        raise QuestionsUnreadable(f"{place} is no question ({why}); {FORM}") from error


def made_of(fields: dict[str, Any]) -> AskedQuestion:
    """From a line's fields; raises ValueError, KeyError, TypeError or AttributeError for what is no question."""
    answerable = fields.get("answerable")
    if answerable not in (None, True, False):
        raise TypeError("answerable is true or false")
    said = {} if answerable is not None and not answerable else fields  # else it says what answers
    answers = _listed(said, "answers")
    placed = [answer for answer in answers if isinstance(answer, dict)]
    article = fields.get("article_id") or fields.get("article")
    relevant = frozenset(map(_text, _listed(said, "relevant_article_ids")))
    paragraph = ("paragraph_start", "paragraph_end") if "paragraph_end" in fields else None
    question = AskedQuestion(
        id=str(fields["id"]),
        text=fields["question"],
        language=fields.get("lang") or UNKNOWN,
        answerable=bool(said),
        article=article,
        spans=tuple(Span(start := _place(answer, "start"), start + len(_text(answer["text"]))) for answer in placed),
        texts=tuple(answer["text"] for answer in placed),
        wordings=tuple(_text(answer) for answer in answers if not isinstance(answer, dict)),
        relevant=relevant if relevant or fields.get("answers") or not article else frozenset({article}),
        paragraph=Span(*(_place(fields, name) for name in paragraph)) if paragraph else None,
    )
    if not all(isinstance(name, str) for name in (question.text, question.language, *question.articles)):
        raise TypeError("question, lang and article_id are texts")
    if question.answerable and not (question.relevant or question.wordings or (question.spans and article)):
        raise ValueError("it says neither what answers it nor that it is not answerable")
    return question


def _listed(fields: dict[str, Any], name: str) -> list[Any]:
    found = fields.get(name) or []
    if not isinstance(found, list):
        raise TypeError(f"{name} is a list")
    return found


def _text(found: Any) -> str:
    """One that isn't in every other."""
    if not isinstance(found, str) or not found.strip():
        raise TypeError(f"{found!r:.60} is no text")
    return found


def _place(fields: dict[str, Any], name: str) -> int:
    """A whole number, also one that a table of numbers with gaps has made 45.0 of."""
    place = fields[name]
    if isinstance(place, float) and place.is_integer():
        return int(place)
    if not isinstance(place, int) or isinstance(place, bool):
        raise TypeError(f"{name} is a whole number")
    return place
