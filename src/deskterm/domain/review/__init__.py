"""The review of a reply: what stops it (red), and what the owner should look at (amber)."""
