"""A crowd asks the real bot at once: python -m benchmarks.crowd [--users 100] [--each 3] [--flood] [--webhook]"""

import argparse
import json
import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from tests.bot_api import BotApiServer, Call, Reader

SEEDS = Path(__file__).parent.parent / "seeds"
_PUBLIC = "https://bot.example.org"
_STARTS = 300.0
"""Seconds that the bot may take to index the seeds and load the model."""
_PATIENCE = 20.0
"""Seconds without any reply, after which what is not answered is lost."""
_FLOOD = 300
"""Questions of the one who floods."""
_FLOODER = Reader(id=999_999, first_name="Flood")
_FIRST = [Reader(id=900_000 + number) for number in range(20)]
"""They ask before the crowd, so that nothing is done for the first time when it comes."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Reply:
    """A message of the bot: to which question of whom, and when."""

    user: int
    question: str
    number: int
    time: float


@dataclass(frozen=True, kw_only=True, slots=True)
class Figures:
    """What became of the questions; `seconds` from each question to its answer, `lasted` until the last of them."""

    asked: int
    answered: int
    twice: int
    users: int
    in_order: int
    seconds: Sequence[float]
    lasted: float

    @property
    def lost(self) -> int:
        """Questions that nobody answered."""
        return self.asked - self.answered


def main() -> None:
    """One crowd, and its figures."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.crowd", description=__doc__)
    parser.add_argument("--users", type=int, default=100)
    parser.add_argument(
        "--each", type=int, default=1, help="questions that each of them asks, one right after the other"
    )
    parser.add_argument("--flood", action="store_true", help=f"one more user sends {_FLOOD} before them")
    parser.add_argument("--webhook", action="store_true", help="updates are posted to the bot, instead of polled")
    options = parser.parse_args()
    questions = _questions()
    flood = _FLOOD if options.flood else 0
    with BotApiServer() as api, running(api, webhook=options.webhook):
        asked = ask(api, questions, users=options.users, each=options.each, flood=flood)
        replies = replies_to(api)
    show(figures_of(asked, replies))
    if flood:
        told = sum(reply.user == _FLOODER.id for reply in replies)
        print(f"one more user sent {flood} before them, and was replied to {told} times")


def ask(
    api: BotApiServer, questions: Sequence[str], *, users: int, each: int, flood: int = 0
) -> Mapping[tuple[int, str], float]:
    """Let all ask, and wait for what comes; when each question was asked."""
    for number in range(flood):
        api.say(questions[number % len(questions)], user=_FLOODER)
    asked: dict[tuple[int, str], float] = {}
    for turn in range(each):
        for user in range(1, users + 1):
            question = questions[(user + turn) % len(questions)]
            asked[user, question] = time.monotonic()
            api.say(question, user=Reader(id=user))
    seen, last = 0, time.monotonic()
    while time.monotonic() - last < _PATIENCE:
        time.sleep(0.2)
        replies = replies_to(api)
        if len(replies) > seen:
            seen, last = len(replies), time.monotonic()
        if not flood and len(replies) >= len(asked):
            time.sleep(1)  # for what is said twice
            break
    return asked


def replies_to(api: BotApiServer) -> list[Reply]:
    """What the bot sent in reply, in the order of sending."""
    return [_reply(call) for call in api.calls("sendMessage") if call.succeeded and "reply_to_message" in call.result]


def _reply(call: Call) -> Reply:
    question = call.result["reply_to_message"]
    return Reply(user=call.params["chat_id"], question=question["text"], number=question["message_id"], time=call.time)


def figures_of(asked: Mapping[tuple[int, str], float], replies: Sequence[Reply]) -> Figures:
    """Count and time; only a question's first reply counts, a second one is twice."""
    first: dict[tuple[int, str], Reply] = {}
    mine = [reply for reply in replies if (reply.user, reply.question) in asked]
    for reply in mine:
        first.setdefault((reply.user, reply.question), reply)
    users = {user for user, _ in asked}
    orders = {user: [reply.number for reply in first.values() if reply.user == user] for user in users}
    return Figures(
        asked=len(asked),
        answered=len(first),
        twice=len(mine) - len(first),
        users=len(users),
        in_order=sum(order == sorted(order) for order in orders.values()),
        seconds=[reply.time - asked[key] for key, reply in first.items()],
        lasted=max((reply.time for reply in first.values()), default=0.0) - min(asked.values(), default=0.0),
    )


def show(figures: Figures) -> None:
    """In five lines."""
    print(f"{figures.users} users asked {figures.asked} questions at once")
    print(f"answered {figures.answered}, lost {figures.lost}, twice {figures.twice}")
    print(f"each user's answers in the order of the questions: {figures.in_order} of {figures.users}")
    if figures.seconds:
        p50, p95, p99, most = np.percentile(figures.seconds, [50, 95, 99, 100])
        print(f"time to the answer: p50 {p50:.2f}, p95 {p95:.2f}, p99 {p99:.2f}, at most {most:.2f} s")
        print(f"questions per second: {figures.answered / figures.lasted:.1f}")


@contextmanager
def running(api: BotApiServer, *, webhook: bool = False) -> Iterator[None]:
    """`citabot bot` as a process of its own, which has answered some first questions."""
    with tempfile.TemporaryDirectory() as folder, (Path(folder) / "log").open("w+") as log:
        settings = {
            "TELEGRAM_BOT_TOKEN": api.token,
            "TELEGRAM_API_URL": api.url,
            "CITABOT_ARTICLES": str(SEEDS),
            "CITABOT_LIBRARY": str(Path(folder) / "library"),
        }
        if webhook:
            listen = _free_address()
            api.forward(_PUBLIC, f"http://{listen}")
            settings |= {"CITABOT_WEBHOOK_URL": f"{_PUBLIC}/crowd", "CITABOT_LISTEN": listen}
        command = [sys.executable, "-m", "bot", "bot"]
        with subprocess.Popen(command, env=os.environ | settings, cwd=SEEDS.parent, stderr=log) as bot:
            try:
                for reader in _FIRST:
                    api.say("When does the train leave?", user=reader)
                for reader in _FIRST:
                    api.wait_for("sendMessage", where=_to(reader), timeout=_STARTS)
                time.sleep(1)
                yield
            except AssertionError as error:
                log.seek(0)
                raise SystemExit(f"The bot did not begin to answer. {log.read()[-2000:]}") from error
            finally:
                bot.terminate()


def _questions() -> list[str]:
    lines = (SEEDS / "questions.jsonl").read_text(encoding="utf-8").splitlines()
    return list(dict.fromkeys(str(json.loads(line)["question"]) for line in lines))


def _to(reader: Reader) -> Callable[[Mapping[str, Any]], bool]:
    return lambda params: params["chat_id"] == reader.id


def _free_address() -> str:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        return f"127.0.0.1:{unused.getsockname()[1]}"


if __name__ == "__main__":
    main()
