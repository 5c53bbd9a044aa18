"""A catalog that is missing, damaged or from the future is refused with what to do about it."""

import sqlite3
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from index.errors import LibraryMissing, LibraryUnusable
from index.filter import Filter
from index.indexer import index_sources
from index.local.catalog import FILE, Catalog, connect
from index.local.library import LocalLibrary, LocalShelf
from index.local.writer import LocalLibraryWriter
from index.readers import SourceFile, read
from tests.fakes import HashingEmbedder
from tests.index.local.conftest import stock

FARO = Path(__file__).parents[1] / "readers" / "golden" / "faro.pdf"


@pytest.mark.parametrize("opened", [LocalLibrary, LocalShelf, Catalog])
def test_a_library_that_is_not_there_is_missing_and_is_not_made(tmp_path: Path, opened: type) -> None:
    with pytest.raises(LibraryMissing, match="run citabot index"):
        opened(tmp_path / "library")
    assert list(tmp_path.iterdir()) == []


def test_a_library_that_nothing_was_published_to_is_missing(tmp_path: Path) -> None:
    with LocalLibraryWriter(tmp_path):
        pass
    with pytest.raises(LibraryMissing, match="Nothing has been indexed"):
        LocalLibrary(tmp_path)


@pytest.mark.parametrize(
    "content",
    [b"no database at all, just some text " * 100, b"SQLite format 3\0" + b"\xff" * 5000],
    ids=["text", "header"],
)
def test_a_catalog_that_is_no_database_is_refused_by_readers_and_writers(tmp_path: Path, content: bytes) -> None:
    (tmp_path / FILE).write_bytes(content)
    with pytest.raises(LibraryUnusable, match="delete it and run: citabot index"):
        LocalLibrary(tmp_path)
    with pytest.raises(LibraryUnusable, match="delete it and run: citabot index"), LocalLibraryWriter(tmp_path):
        pass
    assert (tmp_path / FILE).read_bytes() == content


def test_a_library_of_a_newer_version_is_refused_and_left_alone(tmp_path: Path) -> None:
    library = stock(tmp_path, ["Il faro è spento."])
    with sqlite3.connect(library / FILE) as connection:
        connection.execute("PRAGMA user_version = 99")
    connection.close()
    for opened in (LocalLibrary, LocalShelf):
        with pytest.raises(LibraryUnusable, match="newer Citabot"):
            opened(library)
    with pytest.raises(LibraryUnusable, match="update Citabot"), LocalLibraryWriter(library):
        pass


def test_a_refused_library_can_be_opened_again_once_it_is_mended(tmp_path: Path) -> None:
    """The indexers' lock is let go of."""
    (tmp_path / FILE).write_bytes(b"garbage" * 1000)
    with pytest.raises(LibraryUnusable), LocalLibraryWriter(tmp_path):
        pass
    (tmp_path / FILE).unlink()
    with LocalLibraryWriter(tmp_path) as writer:
        assert writer.held().fingerprint is None


def test_a_catalog_keeps_to_its_generation_while_another_is_published(tmp_path: Path) -> None:
    library = stock(tmp_path, ["Il faro è spento.", "La nave entra in porto."])
    catalog = Catalog(library)
    stock(tmp_path, ["La rete è piena."])
    assert catalog.generation == 1
    assert [article.id for article in catalog.filing.articles()] == ["a000", "a001"]
    assert [neighbour.id for neighbour in catalog.lexicon.matching(["nav"], 5, None)] == [2]
    catalog.close()
    newer = Catalog(library)
    assert newer.generation == 2
    assert newer.lexicon.matching(["nav"], 5, None) == []
    newer.close()


def test_vectors_come_in_the_order_of_passages_and_their_sentences(tmp_path: Path) -> None:
    texts = ["Il faro è spento. La nave entra.", "La rete è piena.", "La nave entra."]
    catalog = Catalog(stock(tmp_path, texts))
    stored = catalog.vectors()
    passages, sentences = np.concatenate([*stored.passages]), np.concatenate([*stored.sentences])
    catalog.close()
    embedder = HashingEmbedder()
    assert stored.ids.tolist() == [1, 2, 3]
    assert stored.first.tolist() == [0, 2, 3, 4]
    np.testing.assert_array_equal(passages, embedder.embed_sentences(texts))
    wanted = ["Il faro è spento.", "La nave entra.", "La rete è piena.", "La nave entra."]
    np.testing.assert_array_equal(sentences, embedder.embed_sentences(wanted))


def test_vectors_that_another_model_left_behind_are_not_taken(tmp_path: Path) -> None:
    library = stock(tmp_path, ["Il faro è spento."])
    with LocalLibraryWriter(library) as writer:
        keys = [key for (key,) in sqlite3.connect(library / FILE).execute("SELECT key FROM vectors")]
        writer.keep(keys, np.ones((len(keys), 3), np.float32), "another/1")
    catalog = Catalog(library)
    (passages,) = catalog.vectors().passages
    np.testing.assert_array_equal(passages, HashingEmbedder().embed_sentences(["Il faro è spento."]))
    catalog.close()


def test_an_articles_pages_are_kept_and_other_articles_have_none(tmp_path: Path) -> None:
    library = stock(tmp_path, ["Il faro è spento."])
    with LocalLibraryWriter(library) as writer:
        index_sources([tmp_path / "articles.jsonl", FARO], writer=writer, embedder=HashingEmbedder())
    catalog = Catalog(library)
    plain, faro = [catalog.article(summary.id) for summary in catalog.filing.articles()][::-1]
    catalog.close()
    assert [faro] == list(read(SourceFile(path=FARO, name="faro.pdf")))
    assert faro is not None
    assert [faro.text[start : start + 14] for start in faro.pages] == [
        "Il faro di Pun",
        "che ha ottanta",
        "messo di inseg",
    ]
    assert plain is not None
    assert plain.pages == ()


def test_an_articles_tags_are_kept_and_what_is_filed_is_found_by_them(tmp_path: Path) -> None:
    folder = tmp_path / "articles"
    for name, tags, author, day in (
        ("news/faro.md", "[Nord Corea, Russia]", "Ada Lo", "2023-09-12"),
        ("rete.md", "Pesca, Russia", "Ugo Li", "2019-01-31"),
        ("nave.md", "", "", ""),
    ):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        front = f"---\ntitle: {name}\ntags: {tags}\nauthor: {author}\ndate: {day}\n---\n"
        (folder / name).write_text(f"{front}La prima. La seconda.")
    with LocalLibraryWriter(tmp_path / "library") as writer:
        index_sources([folder], writer=writer, embedder=HashingEmbedder())
    library = LocalLibrary(tmp_path / "library")

    def filed(**under: object) -> set[str]:
        return {passage.article.title for passage in library.passages(library.filed(Filter(**under)))}

    assert {each.article.title: each.article.tags for each in library.passages(library.filed(Filter()))} == {
        "news/faro.md": ("Nord Corea", "Russia", "news"), "rete.md": ("Pesca", "Russia"), "nave.md": (),
    }  # fmt: skip
    assert filed(tags=("russia",)) == {"news/faro.md", "rete.md"}
    assert filed(tags=("#Nord_Corea", "RUSSIA")) == {"news/faro.md"}
    assert filed(tags=("news",)) == {"news/faro.md"}
    assert filed(tags=("russia", "asia")) == set()
    assert sorted(library.authors) == ["Ada Lo", "Ugo Li"]
    assert filed(authors=("Ugo Li", "Ada Lo"), since=date(2020, 1, 1)) == {"news/faro.md"}
    assert filed(since=date(2019, 1, 31), until=date(2019, 1, 31)) == {"rete.md"}
    assert filed(until=date(2019, 1, 30)) == set()
    days = {each.article: each.published for each in library.summaries(library.filed(Filter()))}
    assert sorted(str(day) for day in days.values()) == ["2019-01-31", "2023-09-12", "None"]


def test_a_catalog_of_the_first_format_becomes_one_of_today(tmp_path: Path) -> None:
    library = stock(tmp_path, ["Il faro è spento. La nave entra.", "Il porto."])
    before = LocalLibrary(library)
    question = HashingEmbedder().read_question("nave").vector
    found = [before.summaries([1, 2]), before.passages([1, 2]), list(before.articles()), before.nearest(question, 9)]
    before.close()
    connection = sqlite3.connect(library / FILE, isolation_level=None)
    connection.executescript("""
        ALTER TABLE files DROP COLUMN duplicates;
        DROP TABLE replaced_passages;
        DROP TABLE replaced;
        DROP TABLE generations;
        DROP TABLE runs;
        DROP TABLE withheld;
        DROP TABLE set_aside;
        DROP TABLE titles;
        DROP TABLE tokens;
        ALTER TABLE passages DROP COLUMN indent;
        ALTER TABLE articles DROP COLUMN pages;
        DROP TABLE tagged;
        ALTER TABLE articles DROP COLUMN tags;
        CREATE TABLE old (key BLOB NOT NULL, fingerprint TEXT NOT NULL, vector BLOB NOT NULL,
            PRIMARY KEY (key, fingerprint)) WITHOUT ROWID;
        INSERT INTO old SELECT key, fingerprint, vector FROM vectors;
        DROP TABLE vectors;
        ALTER TABLE old RENAME TO vectors;
        PRAGMA user_version = 1;
    """)
    connection.close()
    for path in library.glob("vectors-*/*"):
        path.unlink()
    with LocalLibraryWriter(library) as writer:
        known = list(writer.held().files.values())
        assert [(list(file.articles), file.duplicates) for file in known] == [(["a000", "a001"], ())]
    after = LocalLibrary(library)
    assert found == [
        after.summaries([1, 2]),
        after.passages([1, 2]),
        list(after.articles()),
        after.nearest(question, 9),
    ]
    after.close()
    connection = connect(library)
    assert connection.execute("PRAGMA user_version").fetchone() == (11,)
    connection.close()
