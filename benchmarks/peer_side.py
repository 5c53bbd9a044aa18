"""One search library in its own process: told in JSON lines what to index and to find, so that `peers.py` can compare.

Runs in the peers' environment and knows nothing of Citabot.
"""

import json
import os
import resource
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, Protocol

QUERY, PASSAGE = "query: ", "passage: "
"""What the e5 models expect before every text."""
FOUND = 5
"""Passages looked at."""


class Engine(Protocol):
    """A search library with its model loaded."""

    def index(self, texts: Sequence[str]) -> None:
        """Make `texts` findable by their places."""

    def ask(self, question: str) -> Sequence[Any]:
        """The best, first first: places, or `[article, start, end]`."""


class SentenceTransformers:
    """Dense vectors alone, and a product with all of them."""

    def __init__(self, model: str) -> None:
        from sentence_transformers import SentenceTransformer

        self._model = SentenceTransformer(model, device="cpu")

    def index(self, texts: Sequence[str]) -> None:
        """In batches of 64, which sentence-transformers sorts by length."""
        self._vectors = self._model.encode(list(texts), prompt=PASSAGE, normalize_embeddings=True, batch_size=64)

    def ask(self, question: str) -> Sequence[int]:
        """By cosine."""
        near = self._vectors @ self._model.encode(question, prompt=QUERY, normalize_embeddings=True)
        return [int(place) for place in (-near).argsort()[:FOUND]]


class Txtai:
    """Its hybrid search as it comes: dense vectors and BM25, half and half."""

    def __init__(self, model: str) -> None:
        from txtai import Embeddings

        instructions = {"query": QUERY, "data": PASSAGE}
        self._embeddings = Embeddings(
            path=model, method="sentence-transformers", hybrid=True, instructions=instructions, gpu=False
        )
        self._embeddings.index([(0, "?")])

    def index(self, texts: Sequence[str]) -> None:
        """All in one call."""
        self._embeddings.index(list(enumerate(texts)))

    def ask(self, question: str) -> Sequence[int]:
        """By its own mix of both scores."""
        return [int(place) for place, _score in self._embeddings.search(question, FOUND)]


class Haystack:
    """BM25 and dense vectors of the store in memory, joined by reciprocal ranks."""

    def __init__(self, model: str) -> None:
        from haystack.components.joiners import DocumentJoiner
        from haystack.components.retrievers.in_memory import InMemoryBM25Retriever, InMemoryEmbeddingRetriever
        from haystack.document_stores.in_memory import InMemoryDocumentStore
        from haystack_integrations.components.embedders import sentence_transformers as embedders

        wishes: dict[str, Any] = {"model": model, "normalize_embeddings": True, "progress_bar": False}
        self._passages = embedders.SentenceTransformersDocumentEmbedder(prefix=PASSAGE, batch_size=64, **wishes)
        self._question = embedders.SentenceTransformersTextEmbedder(prefix=QUERY, **wishes)
        for embedder in (self._passages, self._question):
            embedder.warm_up()
        self._store = InMemoryDocumentStore(embedding_similarity_function="cosine", return_embedding=False)
        self._words = InMemoryBM25Retriever(self._store, top_k=4 * FOUND)
        self._meaning = InMemoryEmbeddingRetriever(self._store, top_k=4 * FOUND)
        self._joiner = DocumentJoiner(join_mode="reciprocal_rank_fusion", top_k=FOUND)

    def index(self, texts: Sequence[str]) -> None:
        """Embedded, then written."""
        from haystack import Document

        passages = [Document(id=str(place), content=text) for place, text in enumerate(texts)]
        self._store.write_documents(self._passages.run(documents=passages)["documents"])

    def ask(self, question: str) -> Sequence[int]:
        """Both retrievers, then the joiner."""
        vector = self._question.run(text=question)["embedding"]
        legs = [self._words.run(query=question), self._meaning.run(query_embedding=vector)]
        joined = self._joiner.run(documents=[leg["documents"] for leg in legs])
        return [int(passage.id) for passage in joined["documents"]]


ENGINES: dict[str, Callable[[str], Engine]] = {
    "sentence-transformers": SentenceTransformers,
    "txtai": Txtai,
    "Haystack": Haystack,
}


def serve(engine: Callable[[], Engine]) -> None:
    """Answer each line of stdin with one on stdout; whatever else would be printed goes to stderr."""
    said = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)

    def say(**reply: Any) -> None:
        said.write(json.dumps(reply) + "\n")
        said.flush()

    try:
        made = engine()
    except ImportError as error:
        say(absent=str(error))
        return
    say(ready=True)
    for line in sys.stdin:
        wish = json.loads(line)
        texts = json.loads(Path(wish["index"]).read_text(encoding="utf-8")) if "index" in wish else ()
        started = time.perf_counter()
        if "index" in wish:
            made.index(texts)
            found: Sequence[Any] = ()
        else:
            found = made.ask(wish["question"])
        say(seconds=time.perf_counter() - started, found=found, peak_mb=_peak_mb())


def _peak_mb() -> float:
    """Of this process alone; what getrusage tells may be its parent's."""
    status = Path("/proc/self/status")
    if status.exists():
        kilobytes = next(line.split()[1] for line in status.read_text().splitlines() if line.startswith("VmHWM"))
        return int(kilobytes) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1 << 20)


if __name__ == "__main__":
    serve(lambda: ENGINES[sys.argv[1]](sys.argv[2]))
