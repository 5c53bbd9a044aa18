"""Reads a question together with a passage: which words answer, and whether any do."""

import threading
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import islice, pairwise
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
from retrieval.spans import Logits, best_spans, halfway, margin, moved, of_windows, span_logits, within

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
_CERTAIN = 0.9
"""Probability from which on reading more closely changes next to nothing."""
_REMEMBERED = 16
"""Pairs."""
_AROUND = ".,;:!?\"'’«»“”„()[]"
"""What marked words, beside white space, neither begin nor end with, unless the likeliest ones do."""
_LOWEST = -30.0
"""Margin of a passage without anything to read."""


class Reader(Protocol):
    """Anything that reads."""

    def __call__(self, question: str, passages: Sequence[Passage]) -> list[PassageRead]:
        """In the order of `passages`."""

    def closely(self, question: str, passage: Passage, points: Sequence[float] = ()) -> PassageRead:
        """The same of one passage, with more certain words for more time.

        `points` say for each of its sentences, in units of the margin, how much likelier it has the answer.
        """


class SpanReader:
    """The default model, trained further to say where an answer begins and where it ends. One pass at a time."""

    def __init__(self, encode: Encoder, words: Array, head: tuple[Array, Array], pairs: PairReader) -> None:
        self._encode, self._words, self._pairs = encode, words, pairs
        self._weight, self._bias = head
        self._lock = threading.Lock()
        self._lately = dict[Pair, Array]()

    def __call__(self, question: str, passages: Sequence[Passage]) -> list[PassageRead]:
        """In one batch; raises nothing that a text could bring about."""
        windows = [list(self._pairs.windows(question, passage.text)) for passage in passages]
        read = iter(self._read([window for some in windows for window in some]))
        wholes = [
            self._whole(passage, islice(read, len(some))) for passage, some in zip(passages, windows, strict=True)
        ]
        return [
            self._found(passage, whole, margin=margin(whole)) for passage, whole in zip(passages, wholes, strict=True)
        ]

    def closely(self, question: str, passage: Passage, points: Sequence[float] = ()) -> PassageRead:
        """Where it isn't certain, its first and its last part are read too: what all of them find is rarely wrong."""
        whole = self._whole(passage, self._read(self._pairs.windows(question, passage.text)))
        odds = margin(whole)
        raised = self._points(passage, points)
        found = self._found(passage, moved(whole, raised), margin=odds)
        if found.words and found.words[0].probability >= _CERTAIN:
            return found
        parts = self._read(self._pairs.parts(question, passage.text))
        sums = halfway(whole, [of_windows([part], whole.shape[1]) for part in parts])
        return self._found(passage, moved(sums, raised), margin=odds)

    def logits(self, pairs: Sequence[Pair]) -> list[Array]:
        """(tokens, 2) each: how likely an answer begins and ends at a token; the first one stands for none.

        Pairs that were there just now aren't read again.
        """
        with self._lock:
            new = [pair for pair in dict.fromkeys(pairs) if pair not in self._lately]
            if new:
                ids, mask = padded([pair.ids for pair in new], step=_STEP)
                states = self._encode(self._words[ids], mask)[1]
                logits = states @ self._weight.T + self._bias
                self._lately |= {pair: logits[row, : len(pair.ids)] for row, pair in enumerate(new)}
            found = [self._lately[pair] for pair in pairs]
            for pair in list(self._lately)[:-_REMEMBERED]:
                del self._lately[pair]
        return found

    def _read(self, windows: Iterable[Window]) -> list[tuple[int, Logits]]:
        """What each says of its spans, and the token of the passage that it begins with."""
        windows, found = list(windows), list[tuple[int, Logits]]()
        for window, logits in zip(windows, self.logits([window.pair for window in windows]), strict=True):
            own = logits[window.pair.first : -1]
            found.append((window.begin, span_logits(own[:, 0], own[:, 1], float(logits[0].sum()))))
        return found

    def _whole(self, passage: Passage, read: Iterable[tuple[int, Logits]]) -> Logits:
        return of_windows(read, len(self._pairs.tokens(passage.text).ids))

    def _points(self, passage: Passage, points: Sequence[float]) -> Logits:
        """(tokens,): those of the sentence that each token is in."""
        spans = self._pairs.tokens(passage.text).spans
        if not points or len(points) != len(passage.sentences):
            return np.zeros(len(spans))
        ends = [passage.span.start + span.end - 1 for span in spans]
        sentences = np.searchsorted([sentence.start for sentence in passage.sentences], ends, side="right") - 1
        return np.array(points)[np.maximum(sentences, 0)]

    def _found(self, passage: Passage, sums: Logits, *, margin: float) -> PassageRead:
        spans = self._pairs.tokens(passage.text).spans
        words, offset = list[Words](), passage.span.start
        paragraphs = np.searchsorted(_breaks(passage), [offset + span.end for span in spans])
        for each in best_spans(within(sums, paragraphs), count=SPANS):
            span = Span(spans[each.first].start, spans[each.last].end).trimmed(passage.text)
            held = tidied(Span(spans[each.held[0]].start, spans[each.held[1]].end), span, passage.text)
            text = span.of(passage.text)
            span, held = (Span(offset + place.start, offset + place.end) for place in (span, held))
            words.append(Words(span=span, held=held, text=text, probability=each.probability))
        return PassageRead(words=_once(_apart(words)), margin=max(_LOWEST, margin))


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


def _breaks(passage: Passage) -> list[int]:
    """Where in the article a sentence of the passage begins on a line of its own."""
    text = passage.article.text
    return [after.start for before, after in pairwise(passage.sentences) if before.of(text).endswith("\n")]


def tidied(held: Span, span: Span, text: str) -> Span:
    """`held` without the punctuation around the words of `span`, but with the bracket that closes what it opens."""
    start, end = held.start, held.end
    while start < span.start and _is_around(text[start]):
        start += 1
    while end > span.end and _is_around(text[end - 1]):
        end -= 1
    open_ = text.count("(", start, end) > text.count(")", start, end)
    return Span(start, end + (open_ and text.startswith(")", end)))


def _is_around(character: str) -> bool:
    return character in _AROUND or character.isspace()


def _apart(words: Sequence[Words]) -> tuple[Words, ...]:
    """Likeliest first, without those that overlap what holds a likelier one."""
    kept = list[Words]()
    for each in sorted(words, key=lambda each: -each.probability):
        if len(each.span) and not any(
            each.held.start < other.held.end and other.held.start < each.held.end for other in kept
        ):
            kept.append(each)
    return tuple(kept)


def _once(words: Sequence[Words]) -> tuple[Words, ...]:
    """What the passage says twice is one answer, at the likelier place, as likely as both."""
    kept = dict[str, Words]()
    for each in words:
        said = each.text.casefold()
        before = kept.get(said)
        kept[said] = replace(before, probability=before.probability + each.probability) if before else each
    return tuple(sorted(kept.values(), key=lambda each: -each.probability))
