"""What the figures are counted from: tickets' logs, records beside them, and samples that are kept."""
