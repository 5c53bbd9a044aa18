"""Articles in, a searchable library out."""
