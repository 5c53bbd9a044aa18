"""Tests of the local library."""
