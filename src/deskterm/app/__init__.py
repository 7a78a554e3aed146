"""The Textual app: its look, its places and its background work. It knows no SQL and no mail."""
