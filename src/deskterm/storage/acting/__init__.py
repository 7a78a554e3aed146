"""What the owner does to orders in their stores, what it gave, and the incidents that touch many."""
