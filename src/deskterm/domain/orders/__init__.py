"""Orders as values, order numbers in texts, and actions on orders in their store."""
