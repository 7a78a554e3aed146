"""Goods of a shop of Shopify's: products with their stock, and what comes back."""
