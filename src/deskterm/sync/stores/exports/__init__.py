"""Orders from files: the exports of shops, and JSON."""
