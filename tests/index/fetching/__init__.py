"""Tests of index/fetching, against servers on loopback."""
