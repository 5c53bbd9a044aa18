"""Reads a question together with a passage: which words answer, and whether any do."""

import threading
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Protocol

import numpy as np

from index.article import Passage, Span
from index.bundled_model import model_folder
from index.encoder import Array, Encoder, load_encoder
from index.engine import unit
from index.errors import ModelUnusable
from index.word_vectors import ModelFolder
from retrieval.answer import PassageRead, Words
from retrieval.pairs import Pair, PairReader, Window, padded
from retrieval.reader_weights import unpacked
from retrieval.spans import best_spans

WEIGHTS = Path(__file__).with_name("reader.safetensors")
"""What `python -m training.pack` makes; retrieval/reader.md is its card."""

RANGES = "ranges."
LONGEST = 448
"""Tokens of a question and a passage together; longer passages are read in windows."""
SPANS = 4
"""Spans that are found in a passage."""
_STEP = 16
"""Pairs are padded to multiples of this many tokens: an encoder prepares itself anew for each shape that it meets."""
PROBE = ("Where is the lighthouse? 灯台はどこですか。", "The lighthouse stands on the cliff. Маяк стоит на скале.")
"""A question and a passage whose mean state is kept with the weights."""
_FAITHFUL = 0.98
_LOWEST = -30.0
"""Margin of a passage without anything to read."""


class Reader(Protocol):
    """Anything that reads."""

    def __call__(self, question: str, passages: Sequence[Passage]) -> list[PassageRead]:
        """In the order of `passages`."""


class SpanReader:
    """The default model, trained further to say where an answer begins and where it ends. One pass at a time."""

    def __init__(self, encode: Encoder, words: Array, head: tuple[Array, Array], pairs: PairReader) -> None:
        self._encode, self._words, self._pairs = encode, words, pairs
        self._weight, self._bias = head
        self._lock = threading.Lock()

    def __call__(self, question: str, passages: Sequence[Passage]) -> list[PassageRead]:
        """In one batch; raises nothing that a text could bring about."""
        windows = [list(self._pairs.windows(question, passage.text)) for passage in passages]
        logits = iter(self.logits([window.pair for some in windows for window in some]))
        return [
            self._found(passage, [(window, next(logits)) for window in some])
            for passage, some in zip(passages, windows, strict=True)
        ]

    def logits(self, pairs: Sequence[Pair]) -> list[Array]:
        """(tokens, 2) each: how likely an answer begins and ends at a token; the first one stands for none."""
        if not pairs:
            return []
        ids, mask = padded([pair.ids for pair in pairs], step=_STEP)
        with self._lock:
            states = self._encode(self._words[ids], mask)[1]
        logits = states @ self._weight.T + self._bias
        return [logits[row, : len(pair.ids)] for row, pair in enumerate(pairs)]

    def _found(self, passage: Passage, read: Sequence[tuple[Window, Array]]) -> PassageRead:
        """What was found in each window of a passage, as one."""
        spans = self._pairs.tokens(passage.text).spans
        words, margins = list[Words](), list[float]()
        for window, logits in read:
            own = logits[window.pair.first : -1]
            best = best_spans(own[:, 0], own[:, 1], float(logits[0].sum()), count=SPANS)
            margins.append(best.margin)
            for each in best.spans:
                place = Span(spans[window.begin + each.first].start, spans[window.begin + each.last].end)
                place = place.trimmed(passage.text)
                span = Span(passage.span.start + place.start, passage.span.start + place.end)
                words.append(Words(span=span, probability=each.probability))
        return PassageRead(words=_once(_apart(words), passage.article.text)[:SPANS], margin=max(_LOWEST, *margins))


def mean_state(encode: Encoder, words: Array, pair: Pair) -> Array:
    """(hidden,), unit: what is compared to tell whether an encoder computes rightly."""
    ids = np.array([pair.ids])
    last = encode(words[ids], np.ones(ids.shape, np.float32))[1]
    return unit(last[0].mean(0))


def load_reader(weights: Path = WEIGHTS) -> SpanReader:
    """On top of the default model's folder; raises ModelUnusable where either is missing or damaged."""
    from safetensors import SafetensorError
    from safetensors.numpy import load_file
    from tokenizers import Tokenizer

    folder = model_folder()
    model = ModelFolder(folder)
    try:
        stored = load_file(weights)
        expected = stored["probe"].astype(np.float32)
    except (OSError, SafetensorError, KeyError) as error:
        raise ModelUnusable(
            f"The reader's weights in {weights} could not be read ({error}): install citabot anew, or set "
            "CITABOT_READER=false to do without."
        ) from error
    pairs = PairReader(Tokenizer.from_file(str(folder / "tokenizer.json")), longest=LONGEST)
    probe = pairs.pair(PROBE[0], pairs.tokens(PROBE[1]).ids)

    def faithful(encode: Encoder) -> bool:
        return float(mean_state(encode, model.words, probe) @ expected) > _FAITHFUL

    made = unpacked(stored, model.tensor)
    ranges = {
        name.removeprefix(RANGES): values.astype(np.float32)
        for name, values in stored.items()
        if name.startswith(RANGES)
    }
    encode = load_encoder(made, model.sizes, ranges, faithful)
    return SpanReader(encode, model.words, (made("head.weight"), made("head.bias")), pairs)


def _apart(words: Sequence[Words]) -> tuple[Words, ...]:
    """Likeliest first, without those that overlap a likelier one."""
    kept = list[Words]()
    for each in sorted(words, key=lambda each: -each.probability):
        if len(each.span) and not any(
            each.span.start < other.span.end and other.span.start < each.span.end for other in kept
        ):
            kept.append(each)
    return tuple(kept)


def _once(words: Sequence[Words], text: str) -> tuple[Words, ...]:
    """What the passage says twice is one answer, at the likelier place, as likely as both."""
    kept = dict[str, Words]()
    for each in words:
        said = each.span.of(text).casefold()
        before = kept.get(said)
        kept[said] = replace(before, probability=before.probability + each.probability) if before else each
    return tuple(sorted(kept.values(), key=lambda each: -each.probability))
