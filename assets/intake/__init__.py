"""Intake: what a file that arrives is, to which title and version it belongs, and how it gets there whole."""
