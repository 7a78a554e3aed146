"""SOPs at work: their steps as they are written, how they stand on a ticket, and what became of past runs."""
