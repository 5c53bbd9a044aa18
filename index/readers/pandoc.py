"""What pandoc makes of word processors' files and books: HTML, in a process that sees nothing but the file."""

import tempfile
from pathlib import Path

from index.readers.apart import SECONDS, said_by
from index.readers.making import NOT_INSTALLED, Unreadable

MEMORY = 512
"""MB."""


def as_html(data: bytes, form: str, *, seconds: float = SECONDS, memory: int = MEMORY) -> str:
    """A whole page with what the file says about itself on top; raises Unreadable."""
    program = _program()
    if program is None:
        raise Unreadable(NOT_INSTALLED)
    command = [str(program), "--from", form, "--to", "html", "--standalone", "--wrap", "none", "--sandbox"]
    with tempfile.TemporaryFile() as given:
        given.write(data)
        given.seek(0)
        limits = ["+RTS", f"-M{memory}M", "-RTS"]
        return said_by([*command, *limits], given=given, seconds=seconds).decode("utf-8", "replace")


def is_there() -> bool:
    """Whether pandoc is installed with the package that brings it."""
    return _program() is not None


def _program() -> Path | None:
    """The one that comes along; another on the path may be of any age."""
    try:
        import pypandoc
    except ImportError:
        return None
    folder = Path(pypandoc.__file__).parent / "files"
    return next((path for path in (folder / "pandoc", folder / "pandoc.exe") if path.is_file()), None)
