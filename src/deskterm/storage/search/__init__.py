"""The word index over all messages, and searching it with queries."""
