"""Answers before they are written: what is suggested, what is learned, what the owner keeps typing."""
