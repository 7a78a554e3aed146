"""The Textual app: its look, its places and its background work. No SQL, no mail."""
