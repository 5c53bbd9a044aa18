"""Short texts that the bot keeps for itself, each under a name: what it did last, and what it has told."""

from bot.state.store import Store


class Notes:
    """A text for each name; a newer one takes its place."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def get(self, name: str) -> str | None:
        """None as long as there is none."""
        row = self._store.row("SELECT value FROM meta WHERE key = ?", name)
        return str(row[0]) if row else None

    def set(self, name: str, text: str) -> None:
        """Keep it from now on."""
        self._store.write("INSERT OR REPLACE INTO meta VALUES (?, ?)", name, text)
