"""Macros as Liquid templates: their names, their facts, checking them and filling them."""
