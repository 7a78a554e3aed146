"""Lines of text as widgets draw them: cells, colours, charts, messages, rows."""
