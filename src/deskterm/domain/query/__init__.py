"""The query language of search, filters, views and rules: parsing what was typed into values."""
