"""Fixtures every room's tests may use."""

pytest_plugins = ["counterparts.fixtures"]
