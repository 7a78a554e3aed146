"""Connections to servers: bounded sockets, TLS, the wire log, and errors."""
