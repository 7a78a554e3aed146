"""Incidents: one cause that touches many customers, with one answer for all of them."""
