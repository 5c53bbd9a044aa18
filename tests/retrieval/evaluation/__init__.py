"""Tests of retrieval/evaluation/."""
