"""Tests of index/gathering, against servers on loopback."""
