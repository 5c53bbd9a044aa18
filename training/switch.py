"""English questions in the words of other languages: python -m training.switch FOLDER --into de=freedict-eng-deu

Word by word, by dictionaries in the form of dictd (`apt install dict-freedict-eng-deu` puts one into /usr/share/dictd):
each question is put into one of the languages, and keeps the words that its dictionary lacks. Mixed sentences teach
that a word and its translation mean the same (Qin et al. 2020, arXiv 2006.06402). FOLDER gets one file more.
"""

import argparse
import gzip
import random
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from string import ascii_lowercase, ascii_uppercase, digits

from index.embedding import Embedder, SentenceTransformerEmbedder
from training.translate import Line, lines_of, write_lines

_FOLDER = Path("/usr/share/dictd")
_NUMERALS = {letter: value for value, letter in enumerate(ascii_uppercase + ascii_lowercase + digits + "+/")}
"""What places in a dictionary are counted with."""
_ENDINGS = (("ies", "y"), ("ied", "y"), ("es", ""), ("s", ""), ("ed", ""), ("ed", "e"), ("ing", ""), ("ing", "e"))
"""How an English word may end, and what stands for that in a dictionary."""
_ENOUGH = 0.5
"""The share of a question's ordinary words that must be found."""
_LONGEST, _SHORTEST = 3, 3
"""Words of a meaning, and letters of a word without its ending."""
_MOST = 8
"""Meanings of a word that are compared with it."""
_WORD = re.compile(r"[a-z]+")
_REMARK = re.compile(r"\([^)]*\)|\[[^\]]*\]|<[^>]*>|\{[^}]*\}|^\s*\d+\.")
_EXAMPLE, _ODD = re.compile(r"[\":]"), re.compile(r"[^\w\s\u0300-\u1cff'’-]")
"""Lines that show how a word is used, and signs that no meaning has; the range holds the marks of other scripts."""
_HEADING = re.compile(r"^(\w+) /")

Meanings = Mapping[str, str]
"""What each English word means."""


def main() -> None:
    """Out of the questions of a folder that are in English."""
    parser = argparse.ArgumentParser(prog="python -m training.switch", description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--into", type=_named, action="append", required=True, metavar="LANGUAGE=DICTIONARY")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    try:
        may_mean = {language: dictionary(path) for language, path in options.into}
    except FileNotFoundError as error:
        parser.error(
            f"{error.filename} is missing: apt install dict-{Path(error.filename).name.split('.')[0]}, or the like"
        )
    asked = [line for path in sorted(options.folder.glob("questions*.jsonl.gz")) for line in lines_of(path)]
    english = [line for line in asked if line["lang"] == "en"]
    words = {word for line in english for word in _WORD.findall(line["question"].lower())}
    embedder = SentenceTransformerEmbedder()
    known = {language: chosen(words, found, embedder) for language, found in may_mean.items()}
    made = list(switched(english, known, seed=options.seed))
    write_lines(options.folder / "questions_switched.jsonl.gz", made)
    print(dict(Counter(line["lang"] for line in made)))


def dictionary(path: Path) -> dict[str, list[str]]:
    """What each English word may mean, out of `path.index` and `path.dict.dz`; raises FileNotFoundError."""
    text = gzip.decompress(path.with_suffix(".dict.dz").read_bytes())
    meanings = defaultdict[str, list[str]](list)
    for line in path.with_suffix(".index").read_text(encoding="utf-8").splitlines():
        word, start, size, *_ = line.split("\t")
        if _WORD.fullmatch(word.lower()):
            entry = text[_number(start) : _number(start) + _number(size)].decode(errors="replace")
            meanings[word.lower()] += _meanings(word.lower(), entry)
    return meanings


def chosen(words: Iterable[str], may_mean: Mapping[str, Sequence[str]], embedder: Embedder) -> Meanings:
    """Of what each word may mean, what is most like it: dictionaries give rare meanings too, and in no useful order."""
    known = {word: list(dict.fromkeys(found))[:_MOST] for word in words if (found := _looked_up(word, may_mean))}
    texts = list(dict.fromkeys(text for word, found in known.items() for text in (word, *found)))
    vectors = dict(zip(texts, embedder.embed_sentences(texts), strict=True)) if texts else {}
    return {
        word: max(found, key=lambda meaning: float(vectors[meaning] @ vectors[word])) for word, found in known.items()
    }


def switched(questions: Sequence[Line], known: Mapping[str, Meanings], *, seed: int) -> Iterator[Line]:
    """Each question in one of the languages; those of which too few words are known are left out."""
    chance, languages = random.Random(seed), list(known)
    for line in questions:
        language = chance.choice(languages)
        text = in_words_of(known[language], line["question"])
        if text:
            yield line | {"id": f"{line['id']}-{language}", "lang": language, "question": text}


def in_words_of(meanings: Meanings, question: str) -> str | None:
    """The question with what its words mean; names stay. None if too few words are known."""
    words = question.split()
    if words:
        words[0] = words[0][:1].lower() + words[0][1:]
    ordinary = [match[0] if (match := _WORD.match(word)) else "" for word in words]
    if sum(word in meanings for word in ordinary) < _ENOUGH * max(1, sum(map(bool, ordinary))):
        return None
    return " ".join(
        meanings.get(start, start) + word.removeprefix(start) for start, word in zip(ordinary, words, strict=True)
    )


def _looked_up(word: str, may_mean: Mapping[str, Sequence[str]]) -> list[str]:
    stems = [word.removesuffix(ending) + instead for ending, instead in _ENDINGS if word.endswith(ending)]
    forms = [word, *(stem for stem in stems if len(stem) >= _SHORTEST)]
    return [meaning for form in forms for meaning in may_mean.get(form, ()) if word not in meaning.lower().split()]


def _meanings(word: str, entry: str) -> list[str]:
    """Those of an entry that is about this word, and not about one that it's a part of."""
    heading, _, rest = entry.partition("\n")
    about = _HEADING.match(heading)
    if not about or about[1].lower() != word:
        return []
    lines = (_REMARK.sub("", line).replace("~", " ") for line in rest.splitlines() if not _EXAMPLE.search(line))
    found = (part.strip() for line in lines for part in re.split(r"[,;.]", line))
    return [part for part in found if part and not _ODD.search(part) and len(part.split()) <= _LONGEST]


def _number(places: str) -> int:
    number = 0
    for letter in places:
        number = number * 64 + _NUMERALS[letter]
    return number


def _named(text: str) -> tuple[str, Path]:
    """`LANGUAGE=DICTIONARY`; raises ValueError."""
    language, name = text.split("=")
    return language, _FOLDER / name


if __name__ == "__main__":
    main()
