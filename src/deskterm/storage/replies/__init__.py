"""Drafts, and replies on their way."""
