"""The solver for integer programs, behind one door."""
