"""Whatever comes in under an update's name is read, or becomes an empty update; nothing stops the reading."""

import json
import logging

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.updates import read_update, readable, written
from tests.bot.test_fairness import HOME, message

GOOD = {"update_id": 1, "message": message(HOME)}
ROTTEN = {"update_id": 2, "message": {"text": "my secret"}}
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)
FIELDS = st.sampled_from(["message", "edited_message", "callback_query", "inline_query", "message_reaction", "odd"])


def test_what_telegram_sends_is_read_and_read_again_from_what_was_written() -> None:
    update = read_update(GOOD)
    assert update.message.text == "?"
    assert read_update(json.loads(written(update))).to_dict() == update.to_dict()


def test_what_cannot_be_read_is_an_empty_update_of_the_same_id_and_its_content_stays_out_of_the_log(
    caplog: pytest.LogCaptureFixture,
) -> None:
    assert read_update(ROTTEN).to_dict() == {"update_id": 2}
    assert caplog.messages == ["Update 2 (message) can't be read and is left out: KeyError"]
    assert caplog.records[0].levelno == logging.ERROR


@pytest.mark.parametrize("content", [None, [], 7, {}, {"update_id": "1"}, {"update_id": True}, {"update_id": -1}])
def test_what_has_no_id_is_no_update(content) -> None:
    with pytest.raises(ValueError, match=r"^This is no update\.$"):
        read_update(content)


def test_a_poll_keeps_its_good_updates_and_the_place_of_a_rotten_one() -> None:
    body = json.dumps({"ok": True, "result": [GOOD, ROTTEN, GOOD | {"update_id": 3}]}).encode()
    kept = json.loads(readable(body))
    assert kept == {"ok": True, "result": [GOOD, {"update_id": 2}, GOOD | {"update_id": 3}]}


@pytest.mark.parametrize(
    "body",
    [
        *(
            b"",
            b"<html>502</html>",
            b'{"ok": false}',
            b'{"result": true}',
            b'{"result": [{"text": 1}]}',
            b"[" * 100_000,
        ),
        json.dumps({"ok": True, "result": [GOOD]}).encode(),
    ],
    ids=lambda body: str(body[:20]),
)
def test_all_else_passes_through_as_it_is(body) -> None:
    assert readable(body) == body


@given(id_=st.integers(0, 2**63 - 1), field=FIELDS, value=VALUES | st.dictionaries(st.just("chat"), VALUES))
def test_whatever_an_update_holds_it_is_read_and_can_be_written_again(id_, field, value) -> None:
    update = read_update({"update_id": id_, field: value})
    assert update.update_id == id_
    assert json.loads(written(update))["update_id"] == id_
