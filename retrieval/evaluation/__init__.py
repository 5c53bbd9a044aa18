"""Questions whose answers are known in, figures out: finding, marking, refusing, and the time it takes."""
