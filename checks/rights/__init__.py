"""Checks of whether the title's rights windows allow a delivery."""
