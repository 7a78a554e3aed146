"""What customers ask again and again, and what of it may be told to everybody."""
