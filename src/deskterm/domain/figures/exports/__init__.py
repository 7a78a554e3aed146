"""The formats that a report can be written in: Markdown, HTML, CSV, JSON."""
