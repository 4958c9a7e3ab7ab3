"""Sentences of the packs room."""

MESSAGES: dict[str, str] = {}
