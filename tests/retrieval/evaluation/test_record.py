"""What was measured can be read again, and what is no record says so."""

import json
import os
from dataclasses import asdict, replace
from pathlib import Path

import pytest

from retrieval.evaluation.comparing import changes
from retrieval.evaluation.figures import by_pair
from retrieval.evaluation.record import Record, RecordUnreadable, load, make_room, percentiles, save
from tests.retrieval.evaluation.outcomes import outcome, unanswerable

OUTCOMES = [
    outcome(1, question="dove è?", gain=0.5, marked=True, marked_length=12, marked_sentences=1, quoted="a[0:9]"),
    outcome(2, 3, verdict="answered"),
    unanswerable(3, pair="it→–"),
]
RECORD = Record(
    about={"made": "2026-01-02T03:04:05+00:00"},
    figures=by_pair(OUTCOMES),
    timings_ms={"total": {"p50": 2.0, "p95": 3.0, "p99": 3.5}},
    outcomes=OUTCOMES,
)


def test_a_record_comes_back_as_it_was(tmp_path: Path) -> None:
    save(tmp_path / "record.json", RECORD)
    loaded = load(tmp_path / "record.json")
    assert (loaded.about, loaded.timings_ms, loaded.outcomes) == (RECORD.about, RECORD.timings_ms, OUTCOMES)


def test_a_record_holds_the_figures_by_pair_and_the_changes(tmp_path: Path) -> None:
    save(tmp_path / "record.json", RECORD, changes(OUTCOMES, OUTCOMES))
    fields = json.loads((tmp_path / "record.json").read_text(encoding="utf-8"))
    assert list(fields["figures"]) == ["all", "en→it", "it→–"]
    assert fields["figures"]["all"]["R@1"] == {"value": 0.5, "low": 0.0, "high": 1.0, "questions": 2}
    assert fields["changes"]["figures"]["all"]["R@1"]["value"] == 0
    assert fields["outcomes"][0]["question"] == "dove è?"


@pytest.mark.parametrize(
    ("fields", "why"),
    [
        ({"outcomes": [asdict(OUTCOMES[0]) | {"confidence": "high"}]}, "confidence: 'high'"),
        ({"outcomes": [asdict(OUTCOMES[0]) | {"rank": None}]}, "rank: None"),
        ({"outcomes": [asdict(OUTCOMES[0]) | {"gain": "1"}]}, "gain: '1'"),
        ({"outcomes": [asdict(OUTCOMES[0]) | {"marked": 1.5}]}, "marked: 1.5"),
        ({"outcomes": [asdict(OUTCOMES[0]) | {"pair": ["en", "it"]}]}, r"pair: \['en', 'it'\]"),
        ({"outcomes": [asdict(OUTCOMES[0]) | {"verdict": "perhaps"}]}, "verdict: 'perhaps'"),
        ({"about": 5}, "int"),
        ({"timings_ms": {"total": {"p50": 1.0}}}, "p95"),
        ({"timings_ms": {"total": {"p50": 1.0, "p95": None, "p99": 1.0}}}, "NoneType"),
    ],
)
def test_a_record_of_other_things_than_were_measured_is_none(tmp_path: Path, fields: dict, why: str) -> None:
    path = tmp_path / "record.json"
    save(path, RECORD)
    path.write_text(json.dumps(json.loads(path.read_text(encoding="utf-8")) | fields))
    with pytest.raises(RecordUnreadable, match=rf"record\.json is no record that this version .*{why}"):
        load(path)


@pytest.mark.parametrize(
    "content",
    ["[" * 100_000, None, "", "[]", "{}", '{"about": {}, "timings_ms": {}, "outcomes": [{"id": "1"}]}', "\udcff"],
)
def test_a_file_that_is_no_record_is_named(tmp_path: Path, content: str | None) -> None:
    path = tmp_path / "record.json"
    if content is not None:
        path.write_bytes(content.encode("utf-8", "surrogateescape"))
    with pytest.raises(RecordUnreadable, match=r"record\.json is no record that this version"):
        load(path)


@pytest.mark.parametrize(
    "content", [b'{"id": "1"}\n{"id": "2"}\n', b'{"question": "?"}', b"[1]", b"1", b"\xff", b"[" * 100_000]
)
def test_a_record_takes_the_place_of_an_older_one_and_of_nothing_else(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "record.json"
    make_room(path)
    save(path, RECORD)
    make_room(path)
    assert load(path).outcomes == OUTCOMES
    path.write_bytes(content)
    with pytest.raises(RecordUnreadable, match=r"record\.json is there already and is no record"):
        make_room(path)
    assert path.read_bytes() == content


def test_half_a_character_comes_back_as_it_was(tmp_path: Path) -> None:
    half = [outcome("\ud83d", question="è \ud83d?")]
    save(tmp_path / "record.json", replace(RECORD, outcomes=half))
    assert load(tmp_path / "record.json").outcomes == half
    assert "è" in (tmp_path / "record.json").read_text(encoding="utf-8")


def test_a_record_goes_into_what_a_link_leads_to_or_down_a_pipe(tmp_path: Path) -> None:
    (tmp_path / "link.json").symlink_to("record.json")
    save(tmp_path / "link.json", RECORD)
    assert (tmp_path / "link.json").is_symlink()
    assert load(tmp_path / "record.json").outcomes == OUTCOMES
    reading, writing = os.pipe()
    make_room(Path(f"/dev/fd/{writing}"))
    save(Path(f"/dev/fd/{writing}"), RECORD)
    os.close(writing)
    with os.fdopen(reading, encoding="utf-8") as pipe:
        assert json.load(pipe)["about"] == RECORD.about


def test_percentiles_are_told_by_step() -> None:
    spent = {"read": tuple(float(n) for n in range(101)), "total": (1.234,)}
    assert percentiles(spent) == {
        "read": {"p50": 50, "p95": 95, "p99": 99},
        "total": {"p50": 1.23, "p95": 1.23, "p99": 1.23},
    }
