"""Lines of text as the widgets draw them: cells, colours, charts, messages, rows."""
