"""An article's rows in the catalog: written, taken out, put out of readers' sight and back; and those of files."""

import json
import sqlite3
from collections.abc import Mapping

import numpy as np

from index.analysis import as_compared
from index.library_writer import Entry, KnownFile


def write(connection: sqlite3.Connection, entry: Entry) -> None:
    """In place of the article with its id, in sight until the publication ends."""
    article = entry.article
    remove(connection, article.id)
    published = article.published.isoformat() if article.published else None
    connection.execute(
        "INSERT INTO articles VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (article.id, article.digest, entry.file, article.title, article.text, article.language,
         article.source, article.author, published, article.url, np.array(article.pages, "<u4").tobytes(),
         json.dumps(article.tags, ensure_ascii=False)),
    )  # fmt: skip
    connection.execute(
        "INSERT INTO titles VALUES (?, ?, ?, ?, ?)",
        (article.id, article.language, len(entry.cuts), article.author, published),
    )
    connection.executemany(
        "INSERT OR IGNORE INTO tagged VALUES (?, ?)", [(as_compared(tag), article.id) for tag in article.tags]
    )
    for place, (cut, keys, stems) in enumerate(zip(entry.cuts, entry.keys, entry.terms, strict=True), 1):
        bounds = np.array([*(span.start for span in cut.sentences), cut.span.end], "<u4").tobytes()
        indent = cut.span.trimmed(article.text).start - cut.span.start
        _write_passage(connection, article.id, place, bounds, b"".join(keys), indent, stems)


def remove(connection: sqlite3.Connection, id_: str) -> None:
    """Whatever there is of it."""
    connection.execute("DELETE FROM terms WHERE rowid IN (SELECT id FROM passages WHERE article = ?)", (id_,))
    connection.execute("DELETE FROM articles WHERE id = ?", (id_,))


def withhold_instead(connection: sqlite3.Connection, moves: Mapping[str, str]) -> None:
    """Other articles than those that are withheld, by id; none of the others may be among those."""
    connection.executemany("UPDATE OR REPLACE withheld SET article = ?2 WHERE article = ?1", moves.items())


def keep_out_of_sight(connection: sqlite3.Connection) -> None:
    """What is withheld, and nothing else: each of `articles` is either in `titles`, and in sight, or in `withheld`.

    Every publication ends with this, so that it holds whatever was done to one of them.
    """
    both = "SELECT article FROM titles WHERE article IN (SELECT article FROM withheld)"
    for (id_,) in connection.execute(both).fetchall():
        _put_aside(connection, id_)
    neither = "SELECT id FROM articles EXCEPT SELECT article FROM titles EXCEPT SELECT article FROM withheld"
    for (id_,) in connection.execute(neither).fetchall():
        _put_back(connection, id_)


def _put_aside(connection: sqlite3.Connection, id_: str) -> None:
    """Its text stays with what is known of its file; its passages go where no reader looks."""
    connection.execute(
        "INSERT INTO set_aside SELECT article, place, bounds, keys, indent, stems"
        " FROM passages JOIN terms ON terms.rowid = passages.id WHERE article = ?",
        (id_,),
    )
    connection.execute("DELETE FROM terms WHERE rowid IN (SELECT id FROM passages WHERE article = ?)", (id_,))
    connection.execute("DELETE FROM passages WHERE article = ?", (id_,))
    connection.execute("DELETE FROM titles WHERE article = ?", (id_,))
    connection.execute(
        "UPDATE withheld SET title = articles.title FROM articles WHERE article = id AND article = ?", (id_,)
    )


def _put_back(connection: sqlite3.Connection, id_: str) -> None:
    """As it was before it was put aside, under new ids of passages."""
    aside = connection.execute(
        "SELECT article, place, bounds, keys, indent, stems FROM set_aside WHERE article = ? ORDER BY place", (id_,)
    ).fetchall()
    connection.execute(
        "INSERT INTO titles SELECT id, language, ?, author, published FROM articles WHERE id = ?", (len(aside), id_)
    )
    for row in aside:
        _write_passage(connection, *row)
    connection.execute("DELETE FROM set_aside WHERE article = ?", (id_,))


def remember_files(connection: sqlite3.Connection, files: Mapping[str, KnownFile]) -> None:
    """All that the library consists of, by path, in the place of what it consisted of."""
    connection.execute("DELETE FROM files")
    connection.executemany(
        "INSERT INTO files (path, digest, skipped, duplicates) VALUES (?, ?, ?, ?)",
        [(path, file.digest, json.dumps(file.skipped), json.dumps(file.duplicates)) for path, file in files.items()],
    )


def _write_passage(
    connection: sqlite3.Connection, article: str, place: int, bounds: bytes, keys: bytes, indent: int, stems: str
) -> None:
    row = connection.execute(
        "INSERT INTO passages (article, place, bounds, keys, indent) VALUES (?, ?, ?, ?, ?)",
        (article, place, bounds, keys, indent),
    ).lastrowid
    connection.execute("INSERT INTO terms (rowid, stems) VALUES (?, ?)", (row, stems))
