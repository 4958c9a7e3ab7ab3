"""The console program ``chuyi``: typer commands over the same use cases as the window."""
