"""A connection to a server: the bounded socket, TLS, the log of what was said, and what can fail."""
