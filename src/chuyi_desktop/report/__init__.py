"""A verdict as a dossier: a renderer-neutral tree of blocks and its wording."""
