"""What may speak against a letter beyond its words, each read from the desk for the review."""
