"""`python -m bot` is the command `citabot`."""

from bot.cli import main

main()
