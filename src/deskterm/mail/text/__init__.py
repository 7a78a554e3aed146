"""What a mail says: HTML laid out as text, quotes, signatures and history folded."""
