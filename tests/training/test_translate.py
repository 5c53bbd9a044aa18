"""A translated set has the articles in the other language, and the questions whose answers are found there, in both."""

import gzip
import json
import os
import sys
from pathlib import Path

import pytest

from training import translate

WORDS = {"boat": "barca", "the": "la", "is": "è", "called": "chiamata", "a": "una", "lake": "lago", "on": "su"}


@pytest.fixture
def apertium(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A program of that name that puts one word for another, and breaks on the word `crash`."""
    program = tmp_path / "bin" / "apertium"
    program.parent.mkdir()
    program.write_text(
        f"#!{sys.executable}\nimport re, sys\nwords = {WORDS!r}\ntext = sys.stdin.read()\n"
        "if 'crash' in text:\n    sys.exit(141)\n"
        "print(re.sub(r'\\w+', lambda word: words.get(word[0].lower(), word[0]), text))\n"
    )
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{program.parent}{os.pathsep}{os.environ['PATH']}")


def lines(path: Path) -> list[dict]:
    with gzip.open(path, "rt", encoding="utf-8") as file:
        return [json.loads(line) for line in file]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    texts = ["The boat is called Ginestra.", "Nora is on the boat, on a lake."]
    text = "\n\n".join(texts)
    parts = [{"start": 0, "end": len(texts[0])}, {"start": len(texts[0]) + 2, "end": len(text)}]
    article = {"id": "a", "title": "Boat", "lang": "en", "text": text, "paragraphs": parts}
    questions = [
        {"id": "1", "question": "What is the boat called?", "answers": [{"text": "Ginestra", "start": 19}]},
        {"id": "2", "question": "Where is Nora?", "answers": [{"text": "a lake", "start": text.index("a lake")}]},
        {"id": "3", "question": "Where is it?", "answers": [{"text": "The boat", "start": text.index("Nora")}]},
        {"id": "4", "question": "What is the lake called?", "answers": []},
        {"id": "5", "question": "Wo ist Nora?", "answers": [{"text": "a lake", "start": text.index("a lake")}]},
    ]
    for number, part in enumerate((0, 1, 1, 1, 1)):
        lang, answerable = "de" if number == 4 else "en", number != 3
        questions[number] |= {"lang": lang, "article_id": "a", "answerable": answerable}
        questions[number] |= {"paragraph_start": parts[part]["start"], "paragraph_end": parts[part]["end"]}
    (tmp_path / "set").mkdir()
    for name, some in (("articles", [article]), ("questions", questions)):
        with gzip.open(tmp_path / "set" / f"{name}.jsonl.gz", "wt") as file:
            file.writelines(json.dumps(line) + "\n" for line in some)
    return tmp_path / "set"


def test_questions_are_kept_in_both_languages_with_their_answers_in_the_translation(
    apertium: None, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "out"
    monkeypatch.setattr(sys, "argv", ["translate", str(folder), str(out), "--to", "it", "--by", "eng-ita"])
    translate.main()
    (article,) = lines(out / "articles.jsonl.gz")
    assert article["text"] == "la barca è chiamata Ginestra.\n\nNora è su la barca, su una lago."
    assert article["lang"] == "it"
    before, after = lines(out / "questions.jsonl.gz"), lines(out / "questions_it.jsonl.gz")
    asked = ["What is the boat called?", "Where is Nora?", "What is the lake called?", "Wo ist Nora?"]
    assert [line["question"] for line in before] == asked
    assert [line["question"] for line in after] == [
        "What è la barca chiamata?",
        "Where è Nora?",
        "What è la lago chiamata?",
    ]
    assert [line["id"] for line in after] == ["1-it", "2-it", "4-it"]
    assert [line["lang"] for line in after] == ["it"] * 3
    for line in (*before, *after):
        for answer in line["answers"]:
            assert article["text"].startswith(answer["text"], answer["start"])
    assert [[answer["text"] for answer in line["answers"]] for line in after] == [["Ginestra"], ["una lago"], []]


def test_what_the_translator_stumbles_over_stays_as_it_is_and_the_rest_is_translated(apertium: None) -> None:
    texts = ["the boat", "a crash", "the lake", "", "on\n\nthe boat"]
    assert translate.translated(texts, ["eng-ita"]) == ["la barca", "a crash", "la lago", "-", "su la barca"]


def test_without_the_program_it_says_what_to_install(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PATH", "")
    monkeypatch.setattr(sys, "argv", ["translate", str(folder), str(tmp_path / "out"), "--to", "it", "--by", "eng-ita"])
    with pytest.raises(SystemExit):
        translate.main()
    assert "apt install apertium" in capsys.readouterr().err
