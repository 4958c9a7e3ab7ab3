"""Table files of a school's own making, read into sheets of cells."""
