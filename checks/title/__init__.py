"""Checks across the assets of one title: what is missing, and what does not agree."""
