"""Incidents: one cause that affects many customers, and one answer to all of them."""
