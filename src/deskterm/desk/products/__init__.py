"""Products on a ticket, and the back-in-stock list."""
