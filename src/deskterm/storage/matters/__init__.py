"""How tickets hang together: joined, split, kept apart, with threads and promises beside them."""
