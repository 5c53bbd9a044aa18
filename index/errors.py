"""What can go wrong below the library's seam. Each error's text says what the operator can do.

IndexingError
├── LibraryMissing        nothing has been indexed yet
├── LibraryBusy           another indexer is at work
├── LibraryUnusable       written by a newer version, or damaged
├── FingerprintMismatch   the library holds another model's vectors
├── ModelUnusable         the embedding model cannot be loaded
├── SourceMissing         a source that was named does not exist
├── ArticleUnknown        no article has the id that was named
├── GenerationNotKept     the generation that was named can't be gone back to
├── MostAreGone           most articles would go, and nobody said so (in index.vanishing)
├── AnswersFell           questions would be answered no more, and nobody said so (in index.golden)
├── GoldenUnusable        the questions to be asked first can't be read (in index.golden)
├── FileUnusable          a library in a file is damaged, of a newer version or of another model
├── NotOverwritten        something is there, and nobody said that it is to be replaced
├── NoRoom                a disk is full, or can't be written to
├── NotFetched            a page can't be had (in index.fetching)
├── NotGathered           what is at an address is no source (in index.gathering)
└── SourceUnknown         no source is called so (in index.gathering)
"""


class IndexingError(Exception):
    """Root of this package's errors."""


class LibraryMissing(IndexingError):
    """Nothing has been indexed yet."""


class LibraryBusy(IndexingError):
    """Another indexer holds the library."""


class LibraryUnusable(IndexingError):
    """The catalog was written by a newer version, or is damaged."""


class FingerprintMismatch(IndexingError):
    """The library's vectors come from another model than the one in the settings."""

    def __init__(self, *, held: str, wanted: str) -> None:
        super().__init__(
            f"The library was made with the model {held}, the settings name {wanted}. "
            "Set CITABOT_EMBEDDING_MODEL back, or embed everything anew: citabot index --rebuild"
        )


class ModelUnusable(IndexingError):
    """The embedding model cannot be loaded."""


class SourceMissing(IndexingError):
    """A source that was named does not exist."""


class ArticleUnknown(IndexingError):
    """No article has an id that was named."""


class GenerationNotKept(IndexingError):
    """What an earlier generation held is not kept, or not any more."""


class FileUnusable(IndexingError):
    """A file is no library, or none that can be taken over here."""


class NotOverwritten(IndexingError):
    """Something is there already, and nobody has said that it is to be replaced."""


class NoRoom(IndexingError):
    """A disk is full, or can't be written to; what was there before still is."""
