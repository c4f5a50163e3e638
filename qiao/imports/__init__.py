"""Two-step import of spreadsheets: upload, preview, confirm."""
