"""Whatever is added, changed, removed, withheld, killed and gone back over: what is found is what a model says."""

import json
import os
import signal
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from index.analysis import terms
from index.errors import LibraryMissing
from index.golden import AnswersFell, Check, Fall
from index.indexer import index_sources
from index.library import ReadableLibrary
from index.local.exporting import export_library
from index.local.held import held_in
from index.local.importing import import_library
from index.local.library import LocalLibrary
from index.local.portable import opened
from index.progress import Report
from index.rollback import roll_back
from index.runs import recorded
from index.withholding import restore, withhold
from tests.fakes import HashingEmbedder
from tests.index.crashing import MortalWriter, die
from tests.index.found import texts_in

pytestmark = [
    pytest.mark.skipif(not hasattr(os, "fork"), reason="a process that is killed takes a fork"),
    pytest.mark.filterwarnings("ignore:.*fork:DeprecationWarning"),
]

WORDS = ("faro", "nave", "rete", "molo", "boa")
FILES = ("a.jsonl", "b.jsonl", "c.jsonl")
ARTICLES = st.dictionaries(
    st.sampled_from(("p", "q", "r", "s")), st.lists(st.sampled_from(WORDS), min_size=1, max_size=3)
)
NUMBER = st.integers(0, 200)
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("write"), st.sampled_from(FILES), ARTICLES),
        st.tuples(st.just("unlink"), st.sampled_from(FILES), st.none()),
        st.tuples(st.just("index"), st.none(), st.none()),
        st.tuples(st.just("index and die"), NUMBER, st.none()),
        st.tuples(st.just("index in vain"), st.none(), st.none()),
        st.tuples(st.just("move"), st.none(), st.none()),
        st.tuples(st.just("go back"), NUMBER, st.none()),
        st.tuples(st.just("go back and die"), NUMBER, NUMBER),
        st.tuples(st.just("withhold"), NUMBER, st.none()),
        st.tuples(st.just("restore"), NUMBER, st.none()),
    ),
    min_size=4,
    max_size=14,
)


@dataclass
class History:
    """Files and a library, and beside them what was published when."""

    folder: Path
    files: dict[str, dict[str, str]] = field(default_factory=dict)
    published: dict[int, dict[str, str]] = field(default_factory=lambda: {0: {}})

    @property
    def library(self) -> Path:
        return self.folder / "library"

    @property
    def sources(self) -> Path:
        return self.folder / "articles"

    def in_files(self) -> dict[str, str]:
        """The first file that has an article counts."""
        found: dict[str, str] = {}
        for _, articles in sorted(self.files.items()):
            found = articles | found
        return found

    def write(self, name: str, articles: dict[str, list[str]]) -> None:
        self.files[name] = {id_: " ".join(words).capitalize() + "." for id_, words in articles.items()}
        lines = [
            json.dumps({"id": id_, "title": id_, "lang": "it", "text": text}) for id_, text in self.files[name].items()
        ]
        (self.sources / name).write_text("\n".join(lines))

    def unlink(self, name: str, _: None) -> None:
        self.files.pop(name, None)
        (self.sources / name).unlink(missing_ok=True)

    def index(self, _: object = None, __: object = None) -> None:
        with MortalWriter(self.library) as writer:
            self._index(writer)
        self._note(self.in_files())

    def index_and_die(self, after: int, _: None) -> None:
        self._killed(after, self._index)
        self._note(self.in_files())

    def index_in_vain(self, _: None, __: None) -> None:
        """Whoever looks at it before it is published refuses it, and nothing is published but where none looks."""

        def refuse(candidate: ReadableLibrary, report: Report) -> None:
            assert {article.id for article in candidate.articles()} == self.in_files().keys() - self.withheld()
            raise AnswersFell(Fall(count=1, right=1, fallen=()))

        with MortalWriter(self.library) as writer, suppress(AnswersFell):
            self._index(writer, check=refuse)
        self._note(self.in_files())

    def move(self, _: None, __: None) -> None:
        """Into a file, and out of it again."""
        if max(self.published):
            file = self.folder / "moved.zip"
            export_library(self.library, file, replace=True)
            with opened(file) as packed, MortalWriter(self.library) as writer:
                import_library(packed, self.library, writer=writer, replace=True)
            self._note(self.newest())

    def go_back(self, number: int, _: None) -> None:
        wanted = self._wanted(number)
        if wanted:
            with MortalWriter(self.library) as writer:
                roll_back(wanted, library=writer)
            self._note(self.published[wanted])

    def go_back_and_die(self, number: int, after: int) -> None:
        wanted = self._wanted(number)
        if wanted:
            self._killed(after, lambda writer: roll_back(wanted, library=writer))
            self._note(self.published[wanted])

    def withhold(self, number: int, _: None) -> None:
        seen = sorted(self.visible())
        if seen:
            with MortalWriter(self.library) as writer:
                withhold([seen[number % len(seen)]], library=writer)
            self._note(self.newest())

    def restore(self, number: int, _: None) -> None:
        withheld = sorted(held_in(self.library).withheld)
        if withheld:
            with MortalWriter(self.library) as writer:
                restore([withheld[number % len(withheld)]], library=writer)
            self._note(self.newest())

    def newest(self) -> dict[str, str]:
        return self.published[max(self.published)]

    def withheld(self) -> set[str]:
        return set(held_in(self.library).withheld)

    def visible(self) -> dict[str, str]:
        withheld = self.withheld()
        return {id_: text for id_, text in self.newest().items() if id_ not in withheld}

    def check(self) -> None:
        """Every article is found by its words and by its vector, and nothing else is."""
        if not max(self.published):
            return
        expected = self.visible()
        assert texts_in(self.library) == expected
        library = LocalLibrary(self.library)
        assert library.generation == max(self.published)
        whose = {passage.id: passage.article.id for passage in library.passages(library.passages_of(expected))}
        for word in WORDS:
            assert sorted(whose[near.id] for near in library.matching(terms(word, language="it"), 50)) == sorted(
                id_ for id_, text in expected.items() if word in text.casefold()
            )
        asked = HashingEmbedder().read_question("faro").vector
        nearest = library.nearest(asked, 50)
        assert Counter(whose[near.id] for near in nearest) == Counter(list(expected))
        for near in nearest:
            wanted = HashingEmbedder().embed_sentences([expected[whose[near.id]]])[0]
            assert near.passage == pytest.approx(float(wanted @ asked), abs=1e-5)
        library.close()

    def _wanted(self, number: int) -> int:
        with MortalWriter(self.library) as writer:
            kept = writer.kept()
        return kept[number % len(kept)].generation if kept else 0

    def _index(self, writer: MortalWriter, check: Check | None = None) -> None:
        options = {"even_if_most_are_gone": True, "check": check}
        recorded(
            writer,
            "index",
            lambda: index_sources([self.sources], writer=writer, embedder=HashingEmbedder(), **options),
            by="test",
        )

    def _killed(self, after: int, work: Callable[[MortalWriter], object]) -> None:
        """In a process of its own, which is killed at a statement to the database, or ends before that."""
        child = os.fork()
        if not child:
            try:
                with MortalWriter(self.library) as writer:
                    seen = iter(range(after))
                    writer._connection.set_trace_callback(lambda _: None if next(seen, None) is not None else die())
                    work(writer)
            finally:
                os._exit(0)
        _, status = os.waitpid(child, 0)
        assert status in (0, signal.SIGKILL)

    def _note(self, articles: dict[str, str]) -> None:
        """What was published now, if anything was; a killed process has published all of it or nothing."""
        with suppress(LibraryMissing):
            library = LocalLibrary(self.library)
            self.published.setdefault(library.generation, articles)
            library.close()


FIRST = ("write", "a.jsonl", {"p": ["faro"], "q": ["nave"]})
SECOND = ("write", "a.jsonl", {"p": ["rete"], "r": ["boa"]})
NOW = ("index", None, None)


@example(steps=[FIRST, NOW, SECOND, NOW, ("go back and die", 0, 30), ("go back", 1, None), ("unlink", "a.jsonl", None)])
@example(steps=[FIRST, NOW, SECOND, ("index and die", 60, None), ("go back and die", 0, 60), ("withhold", 0, None)])
@example(steps=[FIRST, NOW, ("withhold", 1, None), SECOND, NOW, ("go back", 0, None), ("go back", 0, None)])
@given(steps=STEPS)
@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_what_is_found_is_what_was_published_last(
    steps: list[tuple[str, object, object]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    history = History(tmp_path_factory.mktemp("history"))
    history.sources.mkdir()
    for name, first, second in steps:
        getattr(history, name.replace(" ", "_"))(first, second)
        history.check()
    history.index()
    history.check()
    assert history.newest() == history.in_files()
