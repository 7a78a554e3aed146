"""Looking after the desk: backups, the doctor and its repairs, export, and forgetting a customer."""
