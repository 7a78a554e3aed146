"""The setup form: its fields, its tests of the servers, and the settings it writes."""
