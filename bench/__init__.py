"""Measuring: how the pages and the search hold up as the data grows. Never part of an installation."""
