"""SOPs: the conditions of their steps, and how earlier runs ended."""
