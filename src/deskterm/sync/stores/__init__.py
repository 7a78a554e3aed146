"""Stores: adapters that read orders from shops and export files, and act in shops."""
