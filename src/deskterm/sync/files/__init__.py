"""Mail in files: Maildir and mbox."""
