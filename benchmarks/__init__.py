"""Commands that measure Citabot on a reader's own data; none of them is needed to run it."""
