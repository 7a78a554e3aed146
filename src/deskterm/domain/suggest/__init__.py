"""What a mail is about, and which macros answer it."""
