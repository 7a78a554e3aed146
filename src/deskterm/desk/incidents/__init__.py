"""Incidents: one cause that affects many customers, and one answer for all."""
