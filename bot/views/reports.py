"""What admins see: how the bot is doing, and what was asked."""

from collections.abc import Sequence
from dataclasses import dataclass

from telegram import MessageEntity, User

from bot.elsewhere import elsewhere
from bot.ended import Ended
from bot.grouping import Group
from bot.i18n import Texts
from bot.state.report import Day
from bot.state.turns import StoredTurn
from bot.views.buttons import button
from bot.views.indexing import outcome_text
from bot.views.quotes import ShownQuote, quote_reply
from bot.views.record import moment_of
from bot.views.writing import Reply, Row, Writer, brief, keyboard_of
from index.readers.making import one_line
from retrieval.answer import Answer

_GROUPS = 8
_LONGEST = 160
_LONGEST_OUTCOME = 3000
"""UTF-16 units."""
NEW, HERE = "new", "here"
"""Whether a button shows questions in a message of their own or in that of the button."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Status:
    """How the bot is doing."""

    articles: int
    passages: int
    generation: int
    model: str
    last: Ended | None
    """The last reindex."""
    uptime: float
    """Seconds."""
    today: Day
    latency: tuple[float, float] | None
    """Median and 95th percentile, in milliseconds."""
    memory: int
    """Megabytes."""
    sources: int = 0
    """That are fetched."""
    failed: tuple[str, ...] = ()
    """Names of those that failed the last time."""
    runs: str = ""
    """How the newest runs of the indexer ended, a line each."""


def status_reply(status: Status, texts: Texts) -> Reply:
    """A line for each thing."""
    lines = [
        texts("status", articles=status.articles, passages=status.passages, generation=str(status.generation),
              model=brief(status.model, _LONGEST), reindex=_ended(status.last, texts)),
        *_sources(status, texts),
        texts("status-today", asked=status.today.asked, answered=status.today.answered, unsure=status.today.unsure,
              nothing=status.today.nothing),
    ]  # fmt: skip
    if status.latency:
        lines.append(texts("status-latency", median=round(status.latency[0]), most=round(status.latency[1])))
    lines.append(texts("status-machine", memory=status.memory, uptime=_lasting(status.uptime, texts)))
    lines += [status.runs] if status.runs else []
    rows = [[button(texts("see-questions"), "k", 1, NEW), button(texts("see-chart"), "t")]]
    return Reply(text="\n".join(lines), keyboard=keyboard_of(rows))


def questions_reply(groups: Sequence[Group], page: int, texts: Texts) -> Reply:
    """What was asked, trouble first; the number beneath opens the nearest passages."""
    if not groups:
        return Reply(text=texts("questions-none"))
    pages = -(-len(groups) // _GROUPS)
    page = min(max(page, 1), pages)
    writer = Writer()
    writer.add(texts("questions-heading", questions=sum(len(group.questions) for group in groups)), MessageEntity.BOLD)
    if pages > 1:
        writer.add(" · " + texts("page", page=page, pages=pages))
    numbers: Row = []
    before = (page - 1) * _GROUPS
    for number, group in enumerate(groups[before : before + _GROUPS], start=before + 1):
        newest = group.questions[0]
        writer.add(f"\n{number}. {brief(one_line(newest.text), _LONGEST)}")
        writer.add("".join(f" · {part}" for part in _about(group, texts)))
        comments = [comment for question in group.questions for comment in question.comments]
        if comments:
            writer.add("\n   ")
            writer.add(brief(one_line(comments[0]), _LONGEST), MessageEntity.ITALIC)
        numbers.append(button(str(number), "n", newest.turn))
    turns = [button("‹", "k", page - 1, HERE)] if page > 1 else []
    turns += [button("›", "k", page + 1, HERE)] if page < pages else []
    more = [button(texts("see-chart"), "t"), button(texts("as-csv"), "v")]
    return writer.reply([numbers[:4], numbers[4:], turns, more])


def nearest_reply(turn: StoredTurn, answer: Answer, texts: Texts, me: User) -> Reply:
    """What the articles say now about something that was asked."""
    if not answer.quotes:
        return Reply(text=texts("nothing"))
    shown = ShownQuote(
        quote=answer.quotes[0], verdict=answer.verdict, turn=turn.id, number=1, count=1, elsewhere=elsewhere(answer)
    )
    return quote_reply(shown, texts, me, buttons=False)


def digest_reply(days: Sequence[Day], groups: Sequence[Group], texts: Texts) -> Reply:
    """What there was, and the trouble in it."""
    asked = sum(day.asked for day in days)
    writer = Writer()
    writer.add(texts("digest-heading", days=len(days)), MessageEntity.BOLD)
    writer.add("\n" + texts("status-today", asked=asked, answered=sum(day.answered for day in days),
               unsure=sum(day.unsure for day in days), nothing=sum(day.nothing for day in days)))  # fmt: skip
    trouble = [group for group in groups if group.unanswered or group.disliked]
    for group in trouble[:5]:
        writer.add(f"\n• {brief(one_line(group.questions[0].text), _LONGEST)}")
        writer.add("".join(f" · {part}" for part in _about(group, texts)))
    return writer.reply([[button(texts("see-questions"), "k", 1, NEW)]] if asked else None)


def _sources(status: Status, texts: Texts) -> list[str]:
    """A line, where there are any."""
    if status.failed:
        names = brief(", ".join(status.failed), _LONGEST)
        return [texts("status-sources-failed", sources=status.sources, names=names)]
    return [texts("status-sources", sources=status.sources)] if status.sources else []


def _ended(last: Ended | None, texts: Texts) -> str:
    if last is None:
        return texts("reindex-never")
    told = f"{moment_of(last.at)} · {brief(outcome_text(last.ending, texts), _LONGEST_OUTCOME)}"
    return f"{told}\n{texts('status-skipped', skipped=last.skipped)}" if last.skipped else told


def _lasting(seconds: float, texts: Texts) -> str:
    """Days and hours, or hours and minutes, or minutes."""
    minutes = int(seconds) // 60
    days, hours = divmod(minutes // 60, 24)
    parts = [
        texts("lasting-days", days=days) if days else "",
        texts("lasting-hours", hours=hours) if hours else "",
        texts("lasting-minutes", minutes=minutes % 60) if minutes % 60 and not days else "",
    ]
    return " ".join(filter(None, parts)) or texts("lasting-a-moment")


def _about(group: Group, texts: Texts) -> list[str]:
    asked = len(group.questions)
    parts = [f"×{asked}"] if asked > 1 else []
    if group.unanswered:
        how_often = f" ({group.unanswered}/{asked})" if group.unanswered < asked else ""
        parts.append(texts("verdict-nothing") + how_often)
    elif group.questions[0].verdict == "unsure":
        parts.append(texts("verdict-unsure"))
    if group.disliked:
        parts.append(f"👎 {group.disliked}")
    good = sum(question.good for question in group.questions)
    return [*parts, *([f"👍 {good}"] if good else [])]
