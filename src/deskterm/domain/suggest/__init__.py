"""What a mail is about, which macros answer it, and learning that from the owner's answers."""
