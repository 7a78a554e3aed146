"""Documents for people: the playbook for an employee, the FAQ for customers."""
