"""The screens of incidents: all of them, and one with its orders."""
