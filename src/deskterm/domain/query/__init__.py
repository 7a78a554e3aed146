"""The query language of search, filters, views and rules: what was typed, as values."""
