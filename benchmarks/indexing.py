"""What little work on a large library costs, done on a copy of it: python -m benchmarks.indexing LIBRARY."""

import argparse
import json
import resource
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import asdict
from pathlib import Path

from benchmarks.search import memory
from index.article import Article
from index.embedding import SentenceTransformerEmbedder
from index.indexer import Outcome, index_sources
from index.library_writer import Changes, KnownFile
from index.local.catalog import Catalog, connect
from index.local.library import LocalLibrary
from index.local.vectors import VectorIndex
from index.local.writer import LocalLibraryWriter
from index.progress import Progress
from index.readers import SourceFile
from index.sources import digest_of, files_of

MORE = "Dal faro si vede il porto, e di notte la sua luce."
"""What is added to the article that changes, once for each time."""


def main() -> None:
    """A line for each thing measured."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.indexing", description=__doc__)
    parser.add_argument("library", type=Path)
    parser.add_argument("--changes", type=int, default=3, help="how often the article changes")
    parser.add_argument("--embedded", type=int, default=1000, help="passages that are embedded in the end")
    parser.add_argument("--scratch", type=Path, help="a folder with room for the library twice")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=options.scratch) as scratch:
        library, sources = Path(scratch) / "library", Path(scratch) / "articles"
        shutil.copytree(options.library, library)
        files = as_files(library, sources)
        print(f"{files} files; memory {memory()}")
        embedder = SentenceTransformerEmbedder()
        embedder.embed_sentences([MORE])
        print(f"the model is loaded; memory {memory()}")
        run(library, sources, embedder)
        changed = sources / f"{files // 2}.jsonl"
        for _ in range(options.changes):
            fields = json.loads(changed.read_text(encoding="utf-8"))
            fields["text"] = f"{fields['text']}\n\n{MORE}"
            changed.write_text(json.dumps(fields), encoding="utf-8")
            run(library, sources, embedder)
            with timed("  a reader opens it"), closing(LocalLibrary(library)):
                pass
        print(f"memory {memory()}; {peak()}")
        with closing(Catalog(library)) as catalog:
            with timed("all files of vectors made anew"):
                VectorIndex.save(catalog.vectors(), library, catalog.generation, catalog.fingerprint)
            print(f"memory {memory()}; {peak()}")
            embed(catalog, embedder, options.embedded)
        print(f"memory {memory()}; {peak()}")


def as_files(library: Path, folder: Path) -> int:
    """Write each article of a library into a file of its own, and tell the library that it came from there."""
    folder.mkdir()
    with closing(Catalog(library)) as catalog:
        fingerprint = catalog.fingerprint
        ids = [summary.id for summary in catalog.filing.articles()]
        articles: dict[str, Article] = {}
        for number, id_ in enumerate(ids):
            if article := catalog.article(id_):
                write(folder / f"{number}.jsonl", article)
                articles[str(folder / f"{number}.jsonl")] = article
    with closing(connect(library)) as connection:
        connection.execute("BEGIN")
        connection.executemany(
            "UPDATE articles SET file = ? WHERE id = ?", [(path, article.id) for path, article in articles.items()]
        )
        connection.execute("COMMIT")
    files = {
        str(file.path): KnownFile(digest=digest_of(file), articles={article.id: article.digest})
        for file in files_of([folder])
        if isinstance(file, SourceFile) and (article := articles.get(str(file.path)))
    }
    with LocalLibraryWriter(library) as writer:
        writer.publish(Changes(entries=(), gone=(), files=files, fingerprint=fingerprint))
    return len(files)


def write(path: Path, article: Article) -> None:
    """As an article's line of JSON."""
    fields = {
        name: value for name, value in asdict(article).items() if name in ("id", "title", "author", "url", "text")
    }
    path.write_text(json.dumps(fields | {"lang": article.language}), encoding="utf-8")


def run(library: Path, sources: Path, embedder: SentenceTransformerEmbedder) -> Outcome:
    """Bring the library in line with its sources; says how long that took, and its publication."""
    marks: list[float] = []

    def report(progress: Progress) -> None:
        if progress.step == "publishing":
            marks.append(time.perf_counter())

    started = time.perf_counter()
    with LocalLibraryWriter(library) as writer:
        outcome = index_sources([sources], writer=writer, embedder=embedder, report=report)
    seconds = time.perf_counter() - started
    if outcome.generation is None:
        print(f"nothing to do, {outcome.unchanged} articles: {seconds:.2f} s")
    else:
        publishing = marks[-1] - marks[0]
        print(f"{outcome.changed} article changed: {seconds:.2f} s, of which publishing {publishing:.2f} s")
    return outcome


def embed(catalog: Catalog, embedder: SentenceTransformerEmbedder, count: int) -> None:
    """Passages from all over the library, and their sentences, as indexing does it."""
    ids = catalog.ids()
    passages = catalog.passages(ids[:: max(1, len(ids) // count)][:count].tolist())
    sentences = [span.of(passage.article.text).strip() for passage in passages for span in passage.sentences]
    with timed(f"{len(passages)} passages and {len(sentences)} sentences embedded"):
        embedder.read_passages([passage.text.strip() for passage in passages])
        embedder.embed_sentences(sentences)


def peak() -> str:
    """Since the process began."""
    return f"{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB at most, mapped files included"


@contextmanager
def timed(what: str) -> Iterator[None]:
    """Prints how long the block took."""
    started = time.perf_counter()
    yield
    print(f"{what}: {time.perf_counter() - started:.2f} s")


if __name__ == "__main__":
    main()
