"""Secrets do not reach the log."""

import logging

import pytest

from bot.logs import begin_log


@pytest.fixture(autouse=True)
def restored() -> object:
    """The logging that was there before."""
    root = logging.getLogger()
    before, level = root.handlers[:], root.level
    yield
    root.handlers[:] = before
    root.setLevel(level)


def test_the_token_is_blacked_out_of_messages_and_tracebacks(capsys: pytest.CaptureFixture[str]) -> None:
    begin_log("INFO", secret="123:secret")
    try:
        raise ValueError("https://api.telegram.org/bot123:secret/getMe")
    except ValueError:
        logging.getLogger("bot.test").exception("calling %s", "/bot123:secret/getMe")
    log = capsys.readouterr().err
    assert "123:secret" not in log
    assert log.count("[token]") == 3


def test_requests_that_went_well_are_not_told_of(capsys: pytest.CaptureFixture[str]) -> None:
    begin_log("DEBUG", secret="")
    logging.getLogger("httpx").info("HTTP Request: POST …")
    logging.getLogger("bot.test").debug("seen")
    log = capsys.readouterr().err
    assert "HTTP Request" not in log
    assert "DEBUG bot.test: seen" in log
