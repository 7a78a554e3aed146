"""WooCommerce, by its REST API, version 3."""
