"""What people are told to install with works where `make` installed: nobody needs to have activated anything."""

import shlex
import subprocess
import sys

from index.installing import install_command


def test_the_command_installs_an_extra_of_the_running_citabot_which_is_on_no_index() -> None:
    command = shlex.split(install_command("documents"))
    assert command == [sys.executable, "-m", "pip", "install", "citabot[documents]"]
    done = subprocess.run([*command, "--dry-run", "--no-index"], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert "Requirement already satisfied: citabot[documents]" in done.stdout
