"""Screens for acting on orders in their store."""
