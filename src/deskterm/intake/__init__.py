"""What an arriving message or order does, in one transaction."""
