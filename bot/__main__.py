"""The command `citabot`, also as `python -m bot`: Ctrl-C ends it from the first moment on, while it is loaded too."""

import sys


def main() -> None:
    """Load the command line and run it."""
    try:
        from bot.cli import main as run

        run()
    except KeyboardInterrupt:
        sys.exit(130)


if __name__ == "__main__":
    main()
