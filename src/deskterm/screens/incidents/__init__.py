"""The screens of incidents: the list of them, and one with its orders."""
