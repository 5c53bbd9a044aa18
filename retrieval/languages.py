"""A question finds its answer in any of a library's languages: what it owes to its own is made up for."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import numpy as np

from index.bundled_model import FINGERPRINT
from index.embedding import Vector, Vectors
from index.library import Library

MEANS = Path(__file__).with_name("languages.npz")
"""Of each language, the default model's mean vector (384) of passages that say the same in all of them.

What `python -m training.languages` makes.
"""


@dataclass(frozen=True, kw_only=True, slots=True)
class Impartial:
    """A question's vector, moved as little as makes it as near to each language as to the nearest one."""

    vector: Vector
    raised: Mapping[str, float] = field(default_factory=dict)
    """By language, how much nearer what is in it was made on the whole."""


def impartial(vector: Vector, language: str, library: Library) -> Impartial:
    """For a question in `language`, and the languages that the library has.

    Unchanged where these are one and the same, or what the model makes of them isn't known. Models find a question
    near to what is in its language, whatever it says: the means of languages lie apart (compare Libovický et al. 2020,
    arXiv 2004.05160). In a library that hasn't the question's language, passages with a word of it lose their lead.
    """
    if library.fingerprint != FINGERPRINT:
        return Impartial(vector=vector)
    spoken = tuple(sorted(_means().keys() & {*library.languages, language}))
    if len(spoken) < 2:
        return Impartial(vector=vector)
    means, inverse = _of(spoken)
    vector, raised = moved(vector, means, inverse)
    return Impartial(vector=vector, raised=dict(zip(spoken, raised.tolist(), strict=True)))


def moved(vector: Vector, means: Vectors, inverse: Vectors) -> tuple[Vector, Vector]:
    """To be as near to each of `means` (n, dimension) as to the nearest; and how much nearer it is to each (n).

    `inverse` is their pseudoinverse.
    """
    near = means @ vector
    raised = near.max() - near
    return vector + inverse @ raised, raised


@cache
def _of(languages: tuple[str, ...]) -> tuple[Vectors, Vectors]:
    means = np.stack([_means()[language] for language in languages])
    return means, np.linalg.pinv(means)


@cache
def _means() -> Mapping[str, Vector]:
    with np.load(MEANS, allow_pickle=False) as stored:
        return {language: stored[language].astype(np.float32) for language in stored.files}
