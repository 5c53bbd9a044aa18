"""Files that are there whole or not at all, whenever the writing ends."""

import os
from pathlib import Path


def write_whole(path: Path, text: str) -> None:
    """In place of what is there, once it is on the disk."""
    beside = path.with_name(f"{path.name}.new")
    with beside.open("w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    beside.replace(path)
