"""Writing, filling and reviewing a reply or a note."""
