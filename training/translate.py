"""A question set in another language: python -m training.translate FOLDER OUT --to it --by eng-cat --by cat-ita

Needs Apertium and the pairs of languages that it goes by. OUT has the translated articles, and the questions about them
both as they were and, of those in the articles' language, translated.
"""

import argparse
import gzip
import json
import shutil
import subprocess
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

Line = dict[str, Any]

_TOGETHER = 2000
_NOT_ROUND = 0.25
"""How far from where it would stand an answer may be found, as a share of its paragraph."""


def main() -> None:
    """From a folder in English to one beside it in another language."""
    parser = argparse.ArgumentParser(prog="python -m training.translate", description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--to", required=True, help="the language, as in `it`")
    parser.add_argument("--by", action="append", required=True, help="a pair of languages, one after the other")
    options = parser.parse_args()
    if shutil.which("apertium") is None:
        parser.error("needs Apertium: apt install apertium apertium-eng-cat apertium-cat-ita, or the like")
    articles = {line["id"]: line for line in lines_of(options.folder / "articles.jsonl.gz")}
    questions = [line for path in sorted(options.folder.glob("questions*.jsonl.gz")) for line in lines_of(path)]
    options.out.mkdir(parents=True, exist_ok=True)
    moved, places = translated_articles(list(articles.values()), options.by, options.to)
    write_lines(options.out / "articles.jsonl.gz", moved)
    kept = list(placed_questions(questions, articles, {line["id"]: line for line in moved}, places, options.by))
    write_lines(options.out / "questions.jsonl.gz", kept)
    own = [line for line in kept if line["lang"] == articles[line["article_id"]]["lang"]]
    texts = translated([line["question"] for line in own], options.by)
    write_lines(
        options.out / f"questions_{options.to}.jsonl.gz",
        [
            line | {"id": f"{line['id']}-{options.to}", "lang": options.to, "question": text}
            for line, text in zip(own, texts, strict=True)
        ],
    )
    print(f"{len(kept)} of {len(questions)} questions have their answer in the translation, or had none before")


def translated(texts: Sequence[str], pairs: Sequence[str]) -> list[str]:
    """Each text by itself, through one pair of languages after the other; raises CalledProcessError."""
    for pair in pairs:
        texts = [
            text for at in range(0, len(texts), _TOGETHER) for text in _by_apertium(texts[at : at + _TOGETHER], pair)
        ]
    return list(texts)


def translated_articles(
    articles: Sequence[Line], pairs: Sequence[str], language: str
) -> tuple[list[Line], dict[str, dict[int, int]]]:
    """The articles anew, and for each by id where its paragraphs stood and stand now."""
    paragraphs = [
        article["text"][part["start"] : part["end"]] for article in articles for part in article["paragraphs"]
    ]
    texts = iter(translated(paragraphs, pairs))
    moved, places = [], dict[str, dict[int, int]]()
    for article in articles:
        own = [next(texts) for _ in article["paragraphs"]]
        starts, at = list[int](), 0
        for text in own:
            starts.append(at)
            at += len(text) + 2
        spans = [{"start": start, "end": start + len(text)} for start, text in zip(starts, own, strict=True)]
        moved.append(article | {"lang": language, "text": "\n\n".join(own), "paragraphs": spans})
        places[article["id"]] = {
            part["start"]: start for part, start in zip(article["paragraphs"], starts, strict=True)
        }
    return moved, places


def placed_questions(
    questions: Sequence[Line],
    before: dict[str, Line],
    after: dict[str, Line],
    places: dict[str, dict[int, int]],
    pairs: Sequence[str],
) -> Iterator[Line]:
    """Those whose translated answer is in the translated paragraph, about where it stood, and those without one."""
    told = iter(translated([answer["text"] for line in questions for answer in line["answers"]], pairs))
    for line in questions:
        answers = [(answer, next(told)) for answer in line["answers"]]
        old, new = before[line["article_id"]], after[line["article_id"]]
        start = places[line["article_id"]].get(line["paragraph_start"])
        if start is None:
            continue
        end = next(part["end"] for part in new["paragraphs"] if part["start"] == start)
        paragraph = new["text"][start:end]
        length = line["paragraph_end"] - line["paragraph_start"]
        found = [
            {"text": paragraph[at : at + size], "start": start + at}
            for answer, text in answers
            if old["text"].startswith(answer["text"], answer["start"])
            for at, size in _found(
                paragraph, (text, answer["text"]), (answer["start"] - line["paragraph_start"]) / length
            )
        ]
        if found or not line.get("answerable", True):
            yield line | {"paragraph_start": start, "paragraph_end": end, "answers": found}


def _found(paragraph: str, wordings: Sequence[str], share: float) -> Iterator[tuple[int, int]]:
    """Where the first of the wordings that is there stands closest to that share of the paragraph."""
    low = paragraph.lower()
    for wording in wordings:
        said = wording.strip(" .,;:").lower()
        if not said or len(low) != len(paragraph):
            continue
        starts = [at for at in range(len(low)) if low.startswith(said, at) and _whole(low, at, at + len(said))]
        best = min(starts, key=lambda at: abs(at / len(low) - share), default=None)
        if best is not None and abs(best / len(low) - share) <= _NOT_ROUND:
            yield best, len(said)
            return


def _whole(text: str, start: int, end: int) -> bool:
    before, after = text[start - 1 : start], text[end : end + 1]
    return not (before.isalnum() and text[start].isalnum()) and not (after.isalnum() and text[end - 1].isalnum())


def _by_apertium(texts: Sequence[str], pair: str) -> list[str]:
    """Halves what Apertium stumbles over, until a single text is left, which stays as it is."""
    lines = "\n\n".join(" ".join(text.split()) or "-" for text in texts)
    done = subprocess.run(["apertium", "-u", pair], input=lines, capture_output=True, text=True, check=False)
    result = done.stdout.rstrip("\n").split("\n\n")
    if done.returncode == 0 and len(result) == len(texts):
        return [" ".join(text.split()) for text in result]
    if len(texts) == 1:
        return list(texts)
    half = len(texts) // 2
    return _by_apertium(texts[:half], pair) + _by_apertium(texts[half:], pair)


def lines_of(path: Path) -> list[Line]:
    """Of a gzipped file of JSON lines."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def write_lines(path: Path, lines: Sequence[Line]) -> None:
    """As `lines_of` reads them."""
    with gzip.open(path, "wt", encoding="utf-8") as file:
        file.writelines(json.dumps(line, ensure_ascii=False) + "\n" for line in lines)


if __name__ == "__main__":
    main()
