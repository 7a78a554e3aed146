"""Products and who waits for one, in SQL."""
