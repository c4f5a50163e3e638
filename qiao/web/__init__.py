"""The composition root: addresses, menu, homes by role, what the search indexes, the API, what surrounds every page."""
