"""Texts that are given to people as a whole: the playbook for an employee, the FAQ for customers."""
