"""Tests of the pdf room."""
