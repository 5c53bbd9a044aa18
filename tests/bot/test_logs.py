"""The log tells what happens, on stderr, and never the token."""

import subprocess
import sys

TOKEN = "123456:very-secret"
PROGRAM = """
import logging
from bot.logs import begin_log

token = "123456:" + "very-secret"
begin_log("{level}", secret={secret})
logging.getLogger("one").debug("quiet %s", token)
logging.getLogger("one").info("said %s twice: %s", token, token)
logging.getLogger("httpx").info("chatter")
logging.getLogger("telegram.ext.Application").error("told elsewhere")
try:
    raise ValueError("https://api.telegram.org/bot" + token + "/getMe")
except ValueError as error:
    logging.getLogger("two").error("failed", exc_info=error)
"""


def logged(level: str, secret: str = "token") -> tuple[str, list[str]]:
    program = PROGRAM.format(level=level, secret=secret)
    ran = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    return ran.stdout, ran.stderr.splitlines()


def test_the_token_is_blacked_out_of_messages_and_tracebacks() -> None:
    out, lines = logged("INFO")
    assert out == ""
    assert TOKEN not in "\n".join(lines)
    assert lines[0].endswith(" INFO one: said [token] twice: [token]")
    assert lines[1].endswith(" ERROR two: failed")
    assert lines[2] == "Traceback (most recent call last):"
    assert lines[-1] == "ValueError: https://api.telegram.org/bot[token]/getMe"


def test_what_lies_below_the_level_and_what_others_tell_is_left_out() -> None:
    _, lines = logged("DEBUG")
    assert [line.split(" ", 2)[2] for line in lines[:3]] == [
        "DEBUG one: quiet [token]",
        "INFO one: said [token] twice: [token]",
        "ERROR two: failed",
    ]
    _, lines = logged("ERROR")
    assert lines[0].endswith(" ERROR two: failed")


def test_without_a_secret_nothing_is_blacked_out() -> None:
    _, lines = logged("INFO", secret='""')
    assert lines[0].endswith(f" INFO one: said {TOKEN} twice: {TOKEN}")
