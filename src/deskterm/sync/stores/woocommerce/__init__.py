"""WooCommerce over its REST interface, version 3."""
