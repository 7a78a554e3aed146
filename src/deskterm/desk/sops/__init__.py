"""SOPs: their steps, their state on a ticket, and the outcomes of past runs."""
