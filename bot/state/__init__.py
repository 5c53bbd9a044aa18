"""What the bot remembers: who writes to it, what was asked and shown, and what came of it. One SQLite file."""
