"""Tests of Citabot, and the small real programs that they run against."""
