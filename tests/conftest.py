"""Fixtures every room's tests may use."""
