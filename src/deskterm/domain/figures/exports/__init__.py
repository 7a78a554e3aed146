"""A report in the forms it can leave in: text, Markdown, a page, CSV, JSON."""
