"""Checks of masters: the container, the picture and its length."""
