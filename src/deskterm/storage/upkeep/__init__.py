"""Looking after the database: backups, repairs, export, forgetting a customer, its health."""
