"""How what is missing gets installed, as a command line for people."""

import shlex
import sys

PIP = f"{shlex.quote(sys.executable)} -m pip"
"""Of the Python that runs: another one's is what `pip` alone would be, unless somebody has activated this one's."""


def install_command(extra: str) -> str:
    """For an extra of the Citabot that is installed, a checkout too; pip asks no index for what is there."""
    return f"{PIP} install 'citabot[{extra}]'"
