"""A question in, quotes (or an honest nothing) out."""
