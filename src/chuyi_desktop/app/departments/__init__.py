"""Departments that fill in apart: who supplies what, what went out, what came back, where two disagree."""
