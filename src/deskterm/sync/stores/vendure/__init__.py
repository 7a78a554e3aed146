"""Vendure, by its Admin API: queries in `queries/vendure`."""
