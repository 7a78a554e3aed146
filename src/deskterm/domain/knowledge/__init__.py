"""Recurring questions, and answers to them that can be published."""
