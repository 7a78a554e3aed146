"""The readable text of a mail: HTML laid out as text; quotes, signatures and history folded."""
