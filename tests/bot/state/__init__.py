"""Tests of the bot's memory."""
