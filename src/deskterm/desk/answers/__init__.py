"""Answers before they are written: what is offered, what is learned, what the owner keeps typing."""
