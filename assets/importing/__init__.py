"""Catalogue lists, as distributors keep them in spreadsheets, become title.toml files."""
