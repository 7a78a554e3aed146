"""The owner's rules for arriving mail."""
