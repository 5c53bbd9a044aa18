"""What a course is made of, in a folder: the examples as numbers, and as much of the default model as they touch.

It holds all that training needs, so that it can be done on another machine, which has torch and transformers only.
"""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

Ids = NDArray[np.int32]

RIVALS = 6
"""Passages at most that an example is compared with."""
_EXAMPLES, _MODEL, _WORDS = "examples.npz", "model", "embeddings.word_embeddings.weight"
_KINDS = ("asked", "clozes", "kept")


@dataclass(frozen=True, kw_only=True, slots=True)
class Example:
    """A question beside the passage that answers it, or beside one that doesn't; texts by their numbers."""

    question: int
    """As it stands before a passage: `<s> query: … </s> passage:`."""
    passage: int
    first: int = -1
    last: int = -1
    """The answer's first and last token in the passage; -1 both where it has none."""
    rivals: tuple[int, ...] = ()
    """Passages that don't answer, though search would find them."""
    language: str = ""

    @property
    def answered(self) -> bool:
        """Whether the passage answers."""
        return self.first >= 0


class Texts:
    """Texts as token ids, each of them once."""

    def __init__(self, rows: Iterable[Ids] = ()) -> None:
        self._rows = list(rows)
        self._numbers = {row.tobytes(): number for number, row in enumerate(self._rows)}

    def __getitem__(self, number: int) -> Ids:
        return self._rows[number]

    def __len__(self) -> int:
        return len(self._rows)

    def __iter__(self) -> Iterator[Ids]:
        return iter(self._rows)

    def add(self, ids: Sequence[int]) -> int:
        """Its number, a new one only if it wasn't there."""
        row = np.array(ids, np.int32)
        number = self._numbers.setdefault(row.tobytes(), len(self._rows))
        if number == len(self._rows):
            self._rows.append(row)
        return number


@dataclass(frozen=True, kw_only=True, slots=True)
class Prepared:
    """All that is trained on, and what tells how well it went."""

    texts: Texts
    asked: list[Example] = field(default_factory=list)
    clozes: list[Example] = field(default_factory=list)
    """Sentences with a gap that another passage fills."""
    kept: list[Example] = field(default_factory=list)
    """Questions about the articles that are kept out."""

    def save(self, folder: Path, model: Path) -> None:
        """With the word embeddings of `model`, a BertModel's folder, that the texts have; ids are counted anew."""
        from safetensors.numpy import load_file, save_file

        special = np.arange(4, dtype=np.int32)  # the lowest ids, which so stay what they are
        flat = np.concatenate([*self.texts, special])
        used, ids = np.unique(flat, return_inverse=True)
        (folder / _MODEL).mkdir(parents=True, exist_ok=True)
        weights = load_file(model / "model.safetensors")
        weights[_WORDS] = weights[_WORDS][used]
        save_file(weights, folder / _MODEL / "model.safetensors", metadata={"format": "pt"})
        config: dict[str, Any] = json.loads((model / "config.json").read_text())
        (folder / _MODEL / "config.json").write_text(json.dumps(config | {"vocab_size": len(used)}))
        languages = sorted({each.language for some in self._kinds() for each in some})
        tables: dict[str, Any] = {
            kind: _table(some, languages) for kind, some in zip(_KINDS, self._kinds(), strict=True)
        }
        lengths = np.array([len(text) for text in self.texts])
        stored: dict[str, Any] = {
            "ids": ids[: -len(special)].astype(np.int32),
            "lengths": lengths,
            "languages": languages,
        }
        np.savez_compressed(folder / _EXAMPLES, **stored, **tables)

    def _kinds(self) -> tuple[list[Example], ...]:
        return self.asked, self.clozes, self.kept


def load(folder: Path) -> Prepared:
    """What `save` wrote."""
    with np.load(folder / _EXAMPLES) as stored:
        texts = Texts(np.split(stored["ids"], np.cumsum(stored["lengths"])[:-1]))
        languages = [str(language) for language in stored["languages"]]
        asked, clozes, kept = ([_example(row, languages) for row in stored[kind].tolist()] for kind in _KINDS)
    return Prepared(texts=texts, asked=asked, clozes=clozes, kept=kept)


def model_of(folder: Path) -> Path:
    """Where the model lies that the examples' ids are of."""
    return folder / _MODEL


def words_of(folder: Path) -> NDArray[np.float32]:
    """Vectors of the words, by the examples' ids: (words, hidden)."""
    from safetensors import safe_open

    with safe_open(model_of(folder) / "model.safetensors", "np") as model:
        words: NDArray[np.float32] = model.get_tensor(_WORDS)
    return words


def _table(examples: Sequence[Example], languages: Sequence[str]) -> Ids:
    table = np.full((len(examples), 5 + RIVALS), -1, np.int32)
    for row, each in zip(table, examples, strict=True):
        row[:5] = each.question, each.passage, each.first, each.last, languages.index(each.language)
        row[5 : 5 + len(each.rivals)] = each.rivals
    return table


def _example(row: Sequence[int], languages: Sequence[str]) -> Example:
    question, passage, first, last, language, *rivals = row
    return Example(
        question=question, passage=passage, first=first, last=last, language=languages[language],
        rivals=tuple(rival for rival in rivals if rival >= 0),
    )  # fmt: skip
