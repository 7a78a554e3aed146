"""What the columns of an orders file are for."""
