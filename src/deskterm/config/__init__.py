"""Settings, secrets, and where files live."""
