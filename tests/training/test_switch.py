"""Questions in the words of another language, by a dictionary."""

import gzip
import json
from pathlib import Path

import pytest

from index.embedding import SentenceTransformerEmbedder
from training import switch
from training.switch import chosen, dictionary, in_words_of, switched

ENTRIES = {
    "boat": 'boat /bəʊt/\n1. Zank\n2. Boot, Kahn <neut>\n      "by boat" - mit dem Boot\n',
    "buy": "buy /baɪ/\nkaufen [ugs.]; erwerben\n",
    "who": "World Health Organization /…/ (WHO)\nWeltgesundheitsorganisation\n",
    "what": "what /wɒt/\nwas\n see: {what for}\n",
}
PLACES = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"


@pytest.fixture
def written(tmp_path: Path) -> Path:
    """A dictionary as dictd has it: where entries begin and how long they are is counted in base 64."""
    path, text, lines = tmp_path / "eng-deu", b"", list[str]()
    for word, entry in ENTRIES.items():
        raw = entry.encode()
        lines.append("\t".join((word, *(PLACES[at // 64] + PLACES[at % 64] for at in (len(text), len(raw))))))
        text += raw
    path.with_suffix(".dict.dz").write_bytes(gzip.compress(text))
    path.with_suffix(".index").write_text("\n".join([*lines, "00-database-info\tA\tA"]), encoding="utf-8")
    return path


def test_a_dictionary_says_what_a_word_may_mean_and_not_what_it_is_part_of(written: Path) -> None:
    assert dictionary(written) == {
        "boat": ["Zank", "Boot", "Kahn"],
        "buy": ["kaufen", "erwerben"],
        "who": [],
        "what": ["was"],
    }


def test_the_meaning_most_like_the_word_is_chosen_whatever_the_word_s_ending(
    written: Path, default_embedder: SentenceTransformerEmbedder
) -> None:
    found = chosen({"boats", "buy", "who", "unknown"}, dictionary(written), default_embedder)
    assert found == {"boats": "Boot", "buy": "kaufen"}
    assert chosen(set(), {}, default_embedder) == {}


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("What boat did Ginestra Olmari buy, in 1911?", "was Boot did Ginestra Olmari kaufen, in 1911?"),
        ("What is said about lamps", None),
        ("Ginestra?", None),
        ("", None),
    ],
)
def test_names_and_unknown_words_stay_and_too_few_known_ones_make_no_question(
    question: str, expected: str | None
) -> None:
    assert in_words_of({"what": "was", "boat": "Boot", "buy": "kaufen"}, question) == expected


def test_each_question_is_put_into_one_language_and_keeps_its_answers() -> None:
    asked = [{"id": str(number), "lang": "en", "question": "what boat", "answers": [number]} for number in range(20)]
    made = list(
        switched(asked, {"de": {"what": "was", "boat": "Boot"}, "eo": {"what": "kio", "boat": "boato"}}, seed=1)
    )
    assert {(line["lang"], line["question"]) for line in made} == {("de", "was Boot"), ("eo", "kio boato")}
    assert [line["answers"] for line in made] == [line["answers"] for line in asked]
    assert made[0]["id"] == f"0-{made[0]['lang']}"


def test_the_folder_gets_one_more_file_of_questions(
    written: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, default_embedder: SentenceTransformerEmbedder
) -> None:
    with gzip.open(tmp_path / "questions_en.jsonl.gz", "wt") as file:
        for language, question in (("en", "What boat?"), ("it", "Che barca?")):
            file.write(json.dumps({"id": language, "lang": language, "question": question}) + "\n")
    monkeypatch.setattr(switch, "SentenceTransformerEmbedder", lambda: default_embedder)
    monkeypatch.setattr("sys.argv", ["switch", str(tmp_path), "--into", f"de={written}"])
    switch.main()
    with gzip.open(tmp_path / "questions_switched.jsonl.gz", "rt") as lines:
        assert [json.loads(line) for line in lines] == [{"id": "en-de", "lang": "de", "question": "was Boot?"}]


def test_a_missing_dictionary_is_an_error_that_says_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.argv", ["switch", str(tmp_path), "--into", "de=freedict-eng-nothing"])
    with pytest.raises(SystemExit):
        switch.main()
    assert "apt install dict-freedict-eng-nothing," in capsys.readouterr().err
