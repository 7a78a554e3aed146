"""Rules: what is to be done with an arriving mail, as the owner wrote it."""
