"""Secrets: where each is kept, and reading it without blocking."""
