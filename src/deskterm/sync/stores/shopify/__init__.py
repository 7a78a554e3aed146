"""Shopify, by its Admin GraphQL API: queries in `queries/shopify`, answers checked against `answers.py`."""
