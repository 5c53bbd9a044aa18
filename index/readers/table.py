"""CSV and TSV: a row is an article."""

import csv
import io
import re
from collections.abc import Iterator

from index.article import Article
from index.readers.files import Skipped, SourceFile
from index.readers.making import LARGEST, Unreadable, decoded, read_bytes
from index.readers.mapping import articles_of, columns_of

_LARGEST = 100_000_000
"""Bytes, since all of it is in memory at once."""
_BETWEEN = ",;\t|"
"""What may stand between columns; whatever the first line has most of."""
_ABOVE = re.compile(r"\A[\r\n]*(?:sep=.[\r\n]+)?")
"""Empty lines, and the one in which Excel tells what stands between columns."""


def read_table(file: SourceFile) -> Iterator[Article | Skipped]:
    """Columns are known by the names in the first row, or by a mapping."""
    text = decoded(read_bytes(file.path, most=min(_LARGEST, file.most)))
    table = _ABOVE.sub("", text, count=1)
    before = text[: len(text) - len(table)].count("\n")
    heading = table.partition("\n")[0]
    if not heading.strip():
        raise Unreadable("is empty")
    csv.field_size_limit(LARGEST)
    rows = csv.DictReader(io.StringIO(table, newline=""), delimiter=max(_BETWEEN, key=heading.count))
    try:
        columns = columns_of(file.path, [name for name in rows.fieldnames or () if name])
        yield from articles_of(((before + rows.line_num, row) for row in rows), columns, file.name)
    except csv.Error as error:
        raise Unreadable(
            f"is no table that could be made out to its end (line {before + rows.line_num}: {error})"
        ) from error
