"""The sample store, as values dated from `now`."""
