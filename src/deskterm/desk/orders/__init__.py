"""What the owner does about orders: actions in their stores, and the radar."""
