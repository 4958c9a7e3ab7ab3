"""Sentences of the pdf room."""

MESSAGES: dict[str, str] = {}
