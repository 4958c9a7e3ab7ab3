"""What a command tells the shell."""

DONE, UNSATISFIED, UNUSABLE = 0, 1, 2
"""Done; rules or data not satisfied, where asked with ``--strict``; usage or input error."""
