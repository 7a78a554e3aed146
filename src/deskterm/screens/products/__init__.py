"""Screens about products."""
