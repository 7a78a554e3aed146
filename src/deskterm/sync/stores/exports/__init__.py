"""Reading orders from files: exports of shops, and JSON."""
