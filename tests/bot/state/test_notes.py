"""A note is there until a newer one takes its place."""

from bot.state.notes import Notes
from bot.state.store import Store


def test_a_note_is_the_last_that_was_kept_under_its_name(store: Store) -> None:
    notes = Notes(store)
    assert notes.get("told") is None
    notes.set("told", "1")
    notes.set("told", "2")
    notes.set("tidied", "3")
    assert (notes.get("told"), notes.get("tidied")) == ("2", "3")
