"""Sentences of the excel room."""

MESSAGES: dict[str, str] = {}
