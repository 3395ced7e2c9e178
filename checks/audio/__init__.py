"""Checks of the sound in a master."""
