"""Questions out of articles that nobody asked about: a sentence with a gap, which another passage fills.

What is missing is said in both and in few other passages (span selection, Glass et al. 2020, arXiv 1909.04120;
recurring spans, Ram et al. 2021, arXiv 2101.00438); rivals are the article's passages that share most with the sentence
and don't say it. It teaches to find words by what is said around them, in whatever language there are articles of.
"""

import random
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from index.article import Article, Span
from index.readers import SourceFile, read
from index.sentences import sentence_spans
from retrieval.pairs import PairReader, tokens_within
from training.examples import passages_of
from training.prepared import RIVALS, Example, Texts

GAP = "<mask>"
_WORDS = 4
"""Words that may be missing, at most."""
_PASSAGES = 4
"""In how many passages of an article they may be said, at most."""
_COMMON = 300
"""Words of a language that are too frequent to begin or end a gap, or to be counted as what sentences share."""
_SHARED, _ALIKE = 2, 0.5
"""Words that the sentence and the passage must have in common, and the share of those of another sentence."""
_SENTENCE = (6, 40)
"""Words of a sentence with a gap."""
_WORD = re.compile(r"\w+(?:['’.,-]\w+)*")


def clozes_of(
    articles: Path, reader: PairReader, texts: Texts, *, seed: int, most: int, each: int = 4
) -> list[Example]:
    """Up to `most` examples, of an article up to `each` for every passage; the same ones for the same seed."""
    chance = random.Random(seed)
    chosen = [found for found in read(SourceFile(path=articles, name=articles.name)) if isinstance(found, Article)]
    chance.shuffle(chosen)
    counts = Counter(word.lower() for article in chosen for word in _WORD.findall(article.text))
    making = _Making(reader, texts, {word for word, _ in counts.most_common(_COMMON)}, chance)
    made = list[Example]()
    for article in chosen:
        if len(made) >= most:
            break
        made += making.examples(article, each)
    return made[:most]


class _Making:
    def __init__(self, reader: PairReader, texts: Texts, common: set[str], chance: random.Random) -> None:
        self._reader, self._texts, self._common, self._chance = reader, texts, common, chance

    def examples(self, article: Article, each: int) -> Iterator[Example]:
        """Of one article, in no order."""
        passages = [span.of(article.text) for span in passages_of(article, self._reader)]
        said, contents = self._said(passages), [self._content(passage) for passage in passages]
        found = [(words, places) for words, places in said.items() if 2 <= len(places) <= _PASSAGES]
        self._chance.shuffle(found)
        found.sort(key=lambda item: -len(item[0]))
        covered, left = set[str](), each * len(passages)
        for words, places in found:
            if left and words not in covered and (example := self._example(words, places, passages, contents, article)):
                covered |= {" ".join(words.split()[:size]) for size in range(1, _WORDS)}
                covered |= {" ".join(words.split()[-size:]) for size in range(1, _WORDS)}
                left -= 1
                yield example

    def _said(self, passages: Sequence[str]) -> Mapping[str, dict[int, Span]]:
        """Where each run of words that is worth asking for is said for the first time in each passage."""
        said = defaultdict[str, dict[int, Span]](dict)
        for number, passage in enumerate(passages):
            words = list(_WORD.finditer(passage))
            worth = [len(word[0]) > 1 and word[0].lower() not in self._common for word in words]
            for at in range(len(words)):
                for size in range(1, min(_WORDS, len(words) - at) + 1):
                    if worth[at] and worth[at + size - 1]:
                        span = Span(words[at].start(), words[at + size - 1].end())
                        text = span.of(passage)
                        if "\n" not in text:
                            said[" ".join(text.split())].setdefault(number, span)
        return said

    def _example(
        self,
        words: str,
        places: Mapping[int, Span],
        passages: Sequence[str],
        contents: Sequence[set[str]],
        article: Article,
    ) -> Example | None:
        asking, telling = self._chance.sample(list(places), 2)
        sentence = next(
            (s for s in sentence_spans(passages[asking], language=article.language) if places[asking] in s), None
        )
        if sentence is None:
            return None
        gap = places[asking]
        question = f"{passages[asking][sentence.start : gap.start]}{GAP}{passages[asking][gap.end : sentence.end]}"
        asked = self._content(question)
        if not _SENTENCE[0] <= len(_WORD.findall(question)) <= _SENTENCE[1]:
            return None
        passage = passages[telling]
        told = next((s for s in sentence_spans(passage, language=article.language) if places[telling] in s), None)
        if told is None or len(asked & contents[telling]) < _SHARED:
            return None
        if len(asked & self._content(told.of(passage))) > _ALIKE * len(asked):
            return None
        within = tokens_within(self._reader.tokens(passage), places[telling])
        before = self._reader.pair(" ".join(question.split()), ())
        if within is None or words in question:
            return None
        shared = {text: len(asked & content) for text, content in zip(passages, contents, strict=True)}
        rivals = sorted((text for text in shared if shared[text] and words.casefold() not in text.casefold()),
                        key=lambda text: -shared[text])[:RIVALS]  # fmt: skip
        return Example(
            question=self._texts.add(before.ids[: before.first]), first=within[0], last=within[1],
            passage=self._passage(passage), rivals=tuple(map(self._passage, rivals)), language=article.language,
        )  # fmt: skip

    def _passage(self, text: str) -> int:
        return self._texts.add(self._reader.tokens(text).ids)

    def _content(self, text: str) -> set[str]:
        return {word.lower() for word in _WORD.findall(text) if word != "mask"} - self._common
