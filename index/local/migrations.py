"""The catalog's tables, and how an older catalog becomes a newer one."""

import sqlite3
from contextlib import closing

from index.analysis import terms
from index.errors import LibraryUnusable
from index.stepwise import bring_up, steps_done

_STEPS = (
    """
    CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
    CREATE TABLE files (path TEXT PRIMARY KEY, digest TEXT NOT NULL, skipped TEXT NOT NULL) WITHOUT ROWID;
    CREATE TABLE articles (
        id TEXT PRIMARY KEY, digest TEXT NOT NULL, file TEXT NOT NULL, title TEXT NOT NULL, text TEXT NOT NULL,
        language TEXT NOT NULL, source TEXT NOT NULL, author TEXT, published TEXT, url TEXT
    );
    CREATE TABLE passages (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        article TEXT NOT NULL REFERENCES articles (id) ON DELETE CASCADE,
        place INTEGER NOT NULL,
        bounds BLOB NOT NULL, -- u32: where its sentences start, then where the last one ends
        keys BLOB NOT NULL    -- 16 bytes each: of its vector, then of its sentences'
    );
    CREATE INDEX passages_by_article ON passages (article, place);
    CREATE TABLE vectors (key BLOB NOT NULL, fingerprint TEXT NOT NULL, vector BLOB NOT NULL,
        PRIMARY KEY (key, fingerprint)) WITHOUT ROWID;
    CREATE VIRTUAL TABLE terms USING fts5 (
        stems, tokenize = "unicode61 remove_diacritics 0 categories 'L* M* N* P* S* C*'"
    );
    CREATE VIRTUAL TABLE vocabulary USING fts5vocab (terms, row);
    """,
    "ALTER TABLE files ADD COLUMN duplicates TEXT NOT NULL DEFAULT '[]';",
    """
    CREATE TABLE titles ( -- what ranking needs of an article, apart from its text
        article TEXT PRIMARY KEY REFERENCES articles (id) ON DELETE CASCADE,
        language TEXT NOT NULL, places INTEGER NOT NULL, stems TEXT NOT NULL
    ) WITHOUT ROWID;
    INSERT INTO titles SELECT id, language, (SELECT count(*) FROM passages WHERE article = articles.id),
        stems_of(title, language) FROM articles;
    """,
    """
    CREATE TABLE kept ( -- with row ids: long rows fill a page of such a table, and but a quarter of one without
        id INTEGER PRIMARY KEY, key BLOB NOT NULL, fingerprint TEXT NOT NULL, vector BLOB NOT NULL,
        UNIQUE (key, fingerprint)
    );
    INSERT INTO kept (key, fingerprint, vector) SELECT key, fingerprint, vector FROM vectors;
    DROP TABLE vectors;
    ALTER TABLE kept RENAME TO vectors;
    """,
    """
    CREATE TABLE tokens ( -- of passages, by the hash of their text
        id INTEGER PRIMARY KEY, key BLOB NOT NULL, fingerprint TEXT NOT NULL,
        starts BLOB NOT NULL, -- u32: the character of the text where each token begins
        signs BLOB NOT NULL,  -- a row of bits for each token
        UNIQUE (key, fingerprint)
    );
    """,
    """
    ALTER TABLE passages -- characters of white space that its text begins with, which its tokens don't count
        ADD COLUMN indent INTEGER NOT NULL DEFAULT 0;
    """,
    """
    CREATE TABLE withheld (article TEXT PRIMARY KEY, title TEXT NOT NULL, since TEXT NOT NULL) WITHOUT ROWID;
    CREATE TABLE set_aside ( -- the passages of withheld articles, out of the sight of readers
        article TEXT NOT NULL REFERENCES articles (id) ON DELETE CASCADE, place INTEGER NOT NULL,
        bounds BLOB NOT NULL, keys BLOB NOT NULL, indent INTEGER NOT NULL, stems TEXT NOT NULL,
        PRIMARY KEY (article, place)
    );
    """,
    """
    ALTER TABLE articles -- u32: the character where each page begins; none where there are no pages
        ADD COLUMN pages BLOB NOT NULL DEFAULT x'';
    """,
    """
    CREATE TABLE runs ( -- each indexing run, the newest of them
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        began TEXT NOT NULL, seconds REAL, -- none while it is under way
        kind TEXT NOT NULL, by TEXT NOT NULL, about TEXT NOT NULL, process INTEGER NOT NULL,
        before INTEGER NOT NULL, after INTEGER, -- generations
        ended TEXT NOT NULL, why TEXT NOT NULL DEFAULT '',
        added INTEGER NOT NULL DEFAULT 0, changed INTEGER NOT NULL DEFAULT 0, removed INTEGER NOT NULL DEFAULT 0,
        unchanged INTEGER NOT NULL DEFAULT 0, skipped INTEGER NOT NULL DEFAULT 0
    );
    CREATE TABLE generations ( -- those that changed articles, the newest of them
        number INTEGER PRIMARY KEY, at TEXT NOT NULL,
        articles INTEGER NOT NULL, -- that readers saw before
        added INTEGER NOT NULL DEFAULT 0, changed INTEGER NOT NULL DEFAULT 0, removed INTEGER NOT NULL DEFAULT 0
    );
    CREATE TABLE replaced ( -- articles as they were before a generation; without a digest: it was not there
        generation INTEGER NOT NULL REFERENCES generations ON DELETE CASCADE, article TEXT NOT NULL,
        successor TEXT, -- the id of the article that took its place
        digest TEXT, file TEXT, title TEXT, text TEXT, language TEXT, source TEXT, author TEXT, published TEXT,
        url TEXT, pages BLOB,
        PRIMARY KEY (generation, article)
    );
    CREATE TABLE replaced_passages ( -- all else about them follows from the text
        generation INTEGER NOT NULL, article TEXT NOT NULL, place INTEGER NOT NULL, bounds BLOB NOT NULL,
        PRIMARY KEY (generation, article, place),
        FOREIGN KEY (generation, article) REFERENCES replaced ON DELETE CASCADE
    );
    """,
    """
    ALTER TABLE titles DROP COLUMN stems;
    ALTER TABLE titles ADD COLUMN author TEXT;
    ALTER TABLE titles ADD COLUMN published TEXT;
    UPDATE titles SET (author, published) = (SELECT author, published FROM articles WHERE id = article);
    ALTER TABLE articles ADD COLUMN tags TEXT NOT NULL DEFAULT '[]';
    ALTER TABLE replaced ADD COLUMN tags TEXT;
    CREATE TABLE tagged ( -- articles by their tags, these as they are compared
        tag TEXT NOT NULL, article TEXT NOT NULL REFERENCES articles (id) ON DELETE CASCADE, PRIMARY KEY (tag, article)
    ) WITHOUT ROWID;
    CREATE INDEX tagged_by_article ON tagged (article);
    """,
    """
    CREATE INDEX titles_by_day ON titles (published);
    CREATE INDEX titles_by_author ON titles (author);
    """,
)


FORMAT = len(_STEPS)
"""Of a catalog that is up to date."""


def tables_of(version: int) -> set[tuple[str, str]]:
    """Kinds and names of all that a catalog of that format consists of."""
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
        _bring(connection, version)
        return described(connection)


def described(connection: sqlite3.Connection) -> set[tuple[str, str]]:
    """The same of any catalog, without what SQLite adds of its own accord."""
    return set(connection.execute("SELECT type, name FROM sqlite_schema WHERE name NOT LIKE 'sqlite@_%' ESCAPE '@'"))


def migrate(connection: sqlite3.Connection) -> None:
    """Bring the catalog's tables up to date."""
    version = steps_done(connection)
    if version > FORMAT:
        raise LibraryUnusable(
            f"The library was written by a newer Citabot (format {version}, this one knows {FORMAT}): "
            "update Citabot, or set CITABOT_LIBRARY to another folder."
        )
    _bring(connection, FORMAT)


def _bring(connection: sqlite3.Connection, wanted: int) -> None:
    if steps_done(connection) < wanted:
        connection.create_function("stems_of", 2, lambda text, language: " ".join(terms(text, language=language)))
    bring_up(connection, _STEPS[:wanted])
