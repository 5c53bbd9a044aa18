"""Golden questions: what is about to be published is asked them, as is what answers now, and may not be much worse."""

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from pathlib import Path

from bot.state.liked import Liked, liked_in
from index.article import ArticleSummary
from index.golden import AnswersFell, Fall, Fallen, GoldenUnusable
from index.library import Library, ReadableLibrary
from index.progress import Progress, Report
from retrieval.answer import Answer, Quote
from retrieval.answerer import Answerer
from retrieval.evaluation.questions import AskedQuestion, QuestionsUnreadable, read_questions

FILE = "questions.jsonl"


@dataclass(frozen=True, kw_only=True, slots=True)
class Golden:
    """A question, and whether it was a reader's."""

    question: AskedQuestion
    private: bool = False


class GoldenCheck:
    """Asks the questions that lie beside the articles, and those whose answers readers liked."""

    def __init__(
        self,
        folder: Path,
        sources: Sequence[Path],
        *,
        limit: float,
        published: Callable[[], AbstractContextManager[ReadableLibrary]],
        answerer_over: Callable[[Callable[[], Library]], Answerer],
    ) -> None:
        """`folder` is the library's; `limit` the share of what is answered rightly now that may be lost."""
        self._folder, self._sources, self._limit = folder, sources, limit
        self._published, self._answerer_over = published, answerer_over

    def __call__(self, candidate: ReadableLibrary, report: Report) -> None:
        """Raises AnswersFell, or GoldenUnusable where a file of questions can't be read.

        What is about an article that one of the two doesn't hold is left out: it was added, or taken out on purpose.
        """
        files, liked = self._read(), liked_in(self._folder)
        if not files and not liked:
            return
        with self._published() as now:
            here = _names(now.articles()) & _names(candidate.articles())
            asked = [each for each in [*files, *_as_golden(liked, now)] if _about_any(each.question, here)]
            if not asked:
                return
            libraries: list[Library] = [now]
            answerer = self._answerer_over(lambda: libraries[-1])
            answers = _answers(asked, answerer, report, done=0, total=2 * len(asked))
            right = [each for each, answer in zip(asked, answers, strict=True) if is_right(each.question, answer)]
            libraries.append(candidate)
            answers = _answers(right, answerer, report, done=2 * len(asked) - len(right), total=2 * len(asked))
        fallen = [
            Fallen(id=each.question.id, question=each.question.text, shown=_shown(answer), private=each.private)
            for each, answer in zip(right, answers, strict=True)
            if not is_right(each.question, answer)
        ]
        if len(fallen) > self._limit * len(right):
            raise AnswersFell(Fall(count=len(fallen), right=len(right), fallen=tuple(fallen)))

    def _read(self) -> list[Golden]:
        try:
            return [Golden(question=question) for question in read_questions(*question_files(self._sources))]
        except QuestionsUnreadable as error:
            raise GoldenUnusable(
                f"{error}. It would have been asked before publishing, so nothing was published: mend it, or run: "
                "citabot index --even-if-answers-fell"
            ) from error


def question_files(sources: Sequence[Path]) -> list[Path]:
    """Each that lies in a folder of articles, however deep, or beside a file of them; each once."""
    found: dict[Path, None] = {}
    for source in sources:
        root = source.resolve()
        for folder in _folders(root) if root.is_dir() else [root.parent]:
            if (folder / FILE).is_file():
                found[folder / FILE] = None
    return list(found)


def is_right(question: AskedQuestion, answer: Answer) -> bool:
    """Whether a reader is shown the answer first; or, where the articles don't say it, is not told that they do."""
    if not question.answerable:
        return answer.verdict != "answered"
    return answer.verdict != "nothing" and any(_holds(question, quote) for quote in answer.quotes[:1])


def _as_golden(liked: Sequence[Liked], now: ReadableLibrary) -> Iterator[Golden]:
    """By the words that were marked for readers, where the article still has them."""
    for each in liked:
        article = now.article(each.quote.article)
        if article and each.quote.stands_in(article):
            marks = each.quote.marks or (each.quote.span,)
            question = AskedQuestion(
                id=f"reader-{each.turn}",
                text=each.question,
                answerable=True,
                article=article.id,
                wordings=tuple(mark.of(article.text).strip() for mark in marks),
            )
            yield Golden(question=question, private=True)


def _answers(asked: Sequence[Golden], answerer: Answerer, report: Report, *, done: int, total: int) -> list[Answer]:
    report(Progress(step="asking", done=done, total=total))
    answers = []
    for answer in answerer.answers([each.question.text for each in asked], quotes=1, plain=True):
        answers.append(answer)
        report(Progress(step="asking", done=done + len(answers), total=total))
    return answers


def _holds(question: AskedQuestion, quote: Quote) -> bool:
    """Answers that stand elsewhere in the article by now are looked for by their words."""
    if question.misplaced_in(quote.article):
        question = replace(question, spans=(), wordings=question.texts)
    return question.answered_by(quote.article, quote.span)


def _shown(answer: Answer) -> str:
    return answer.quotes[0].article.title if answer.verdict != "nothing" and answer.quotes else ""


def _names(articles: Iterator[ArticleSummary]) -> set[str]:
    """What questions know articles by: their ids, and their files."""
    return {name for article in articles for name in (article.id, article.source)}


def _about_any(question: AskedQuestion, names: set[str]) -> bool:
    return not question.articles or not question.articles.isdisjoint(names)


def _folders(root: Path) -> Iterator[Path]:
    for folder, folders, _ in os.walk(root):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        yield Path(folder)
