"""Checks of one subtitle track: its file, its times, its lines, its language."""
