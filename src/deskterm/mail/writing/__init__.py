"""A reply written as bytes for the wire."""
