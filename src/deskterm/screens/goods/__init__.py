"""Screens about what is sold."""
