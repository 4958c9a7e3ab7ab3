"""Puts the renderer-neutral dossier on paper, merges the evidence, and shows printed pages."""
