"""Actions on orders in their stores, the goodwill they gave, and incidents that affect many orders."""
