"""Recurring questions, and the FAQ that answers them."""
