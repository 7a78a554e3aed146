"""The data of the figures: tickets' logs, other records, and stored samples."""
