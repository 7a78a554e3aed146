"""What customers ask again and again, and the page that answers it for everybody."""
