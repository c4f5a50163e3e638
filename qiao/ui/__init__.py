"""What every page is made of: three helpers for views, one list, one set of components, one theme. Knows no domain."""
