"""Reads forms/ (YAML, data only) into programmes, and says of every mistake where it is and what to write."""
