"""Values and their rules, pure: no clock, no file, no network, no screen."""
