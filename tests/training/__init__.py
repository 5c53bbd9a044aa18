"""Tests of the training, on a model of a few thousand weights."""
