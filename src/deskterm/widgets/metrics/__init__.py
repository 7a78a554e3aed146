"""The metrics screen's pages as rows: values in, lines out."""
