"""The documents say what is so: commands, settings, files and links in them exist."""

import re
from pathlib import Path

import pytest
from typer.main import get_command

from bot.cli import app
from bot.settings import Settings

ROOT = Path(__file__).parent.parent
PAGES = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), *ROOT.glob("retrieval/*.md")])


def test_the_readme_lists_every_command_and_no_other() -> None:
    listed = re.findall(r"^\| `citabot (\w+)", (ROOT / "README.md").read_text(), re.MULTILINE)
    assert sorted(listed) == sorted(get_command(app).commands)


def test_the_readme_lists_every_setting_with_its_default() -> None:
    rows = re.findall(r"^\| `([A-Z_]+)` \|[^|]*\| (.*) \|$", (ROOT / "README.md").read_text(), re.MULTILINE)
    plain = Settings(_env_file=None, _env_prefix="NOT_SET_")
    assert [name.lower() for name, _ in rows] == list(Settings.model_fields)
    for name, default in rows:
        value = getattr(plain, name.lower())
        if default.startswith("`"):
            shown = ",".join(map(str, value)) if isinstance(value, tuple) else str(value)
            assert default == f"`{shown}`"
        else:
            assert not value


def test_the_readme_and_make_agree_on_the_targets() -> None:
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    named = set(re.findall(r"`?make ([a-z]+)`?", (ROOT / "README.md").read_text()))
    assert {"chat", "test", "bot"} <= named <= targets


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_lead_somewhere(page: Path) -> None:
    links = re.findall(r"\]\((?!https?:)([^)#]+)", page.read_text())
    assert [link for link in links if not (page.parent / link).exists()] == []


def test_the_architecture_names_files_that_are_there() -> None:
    page = (ROOT / "docs/architecture.md").read_text()
    layout = page.split("```")[1]
    known = {path.name for path in ROOT.glob("*/**/*.py")} | {path.name for path in ROOT.glob("*/**/*.ftl")}
    assert [name for name in re.findall(r"\b\w+\.py\b", layout) if name not in known] == []


def test_every_module_says_in_its_docstring_what_it_owns() -> None:
    modules = [
        path
        for package in ("bot", "retrieval", "index", "benchmarks", "tests")
        for path in (ROOT / package).rglob("*.py")
    ]
    assert [str(path) for path in modules if not path.read_text().startswith(('"""', 'r"""'))] == []
