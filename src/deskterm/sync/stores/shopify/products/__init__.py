"""Products, stock and returns of a Shopify shop."""
