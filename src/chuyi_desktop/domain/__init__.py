"""The nouns of the field as frozen typed values. Standard library only: no file, clock, screen or global."""
