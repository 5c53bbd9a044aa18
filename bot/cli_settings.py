"""What all commands share: their settings, the option for the library, and one line for whatever goes wrong."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, NoReturn

import typer

from bot.settings import Settings, SettingsInvalid, load_settings
from index.errors import IndexingError, LibraryBusy

BUSY = 75
"""Exit code for what may be tried again in a while, as mail systems use it (sysexits.h)."""
_GENTLY = 10
"""Steps of priority."""


def fail(error: Exception) -> NoReturn:
    """End with the error's text in one line, and exit code 2; BUSY where another process is at work."""
    print(" ".join(str(error).split()), file=sys.stderr)
    raise typer.Exit(BUSY if isinstance(error, LibraryBusy) else 2)


def give_way(gently: bool) -> None:
    """Let other programs go first, where that is wanted."""
    if gently and sys.platform != "win32":
        os.nice(_GENTLY)


def _folder(name: str) -> Path:
    if not name:
        fail(SettingsInvalid("--library has no name: name the library's folder, . for this one."))
    return Path(name)


Library = Annotated[
    Path | None,
    typer.Option(parser=_folder, metavar="DIR", help="Folder of the library (setting CITABOT_LIBRARY)."),
]


@contextmanager
def settings_of(library: Path | None = None) -> Iterator[Settings]:
    """Settings for a command; what goes wrong in it becomes one line and an exit code."""
    try:
        yield load_settings(citabot_library=library)
    except BrokenPipeError:
        raise
    except (SettingsInvalid, IndexingError, OSError) as error:
        fail(error)
