"""Orders as values, their numbers in a text, and what their states are called."""
