"""Tests of the package index, one file for each of its own."""
