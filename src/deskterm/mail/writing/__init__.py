"""Writing a reply as the bytes of a mail."""
