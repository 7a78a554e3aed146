"""Macros as Liquid templates: the names and facts they may use, checking and filling them."""
