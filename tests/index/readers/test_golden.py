"""A file of each format gives the articles that stand beside it, character for character."""

from pathlib import Path

import pytest

from index.article import Article
from index.readers import READERS, Skipped, SourceFile, read

GOLDEN = Path(__file__).parent / "golden"
FILES = sorted(path.name for path in GOLDEN.iterdir() if path.suffix in READERS and path.suffix not in (".txt", ".md"))


def told(path: Path) -> str:
    """All that is read out of a file, with `⟦2⟧` where the second page begins."""
    return "\n=====\n".join(map(_told, read(SourceFile(path=path, name=path.name))))


def _told(found: Article | Skipped) -> str:
    if isinstance(found, Skipped):
        return f"skipped {found.source}: {found.reason}"
    text = found.text
    for number, start in reversed([*enumerate(found.pages, 1)]):
        text = f"{text[:start]}⟦{number}⟧{text[start:]}"
    about = f"{found.title} · {found.author} · {found.published} · {found.language} · {found.url} · {found.source}"
    return f"{about}\n\n{text}"


@pytest.mark.parametrize("name", FILES)
def test_a_file_gives_the_text_that_its_reader_sees(name: str) -> None:
    assert told(GOLDEN / name) == (GOLDEN / f"{name}.txt").read_text().rstrip("\n")


def test_every_format_has_a_file_here_or_pages_of_its_own() -> None:
    elsewhere = {".txt", ".md", ".markdown", ".html", ".htm", ".jsonl", ".jsonl.gz", ".zip", ".mht"}
    assert {Path(name).suffix for name in FILES} == READERS.keys() - elsewhere
