"""Stores, from which orders come: adapters for shops and for export files."""
