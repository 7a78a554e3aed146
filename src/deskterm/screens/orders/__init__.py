"""What is done to orders in their store."""
