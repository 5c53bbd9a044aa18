"""Tests of the bot's views."""
