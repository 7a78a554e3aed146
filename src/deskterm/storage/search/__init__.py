"""The index of words over all messages, and finding in it what a query asks for."""
