"""The embedded library: one SQLite file, and FAISS indexes that are derived from it."""
