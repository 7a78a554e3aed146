"""Maintaining the database: backups, repairs, export, forgetting a customer, health checks."""
