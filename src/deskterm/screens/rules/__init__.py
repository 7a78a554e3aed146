"""The rules with the day switches, and the self-review."""
