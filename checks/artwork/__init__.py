"""Checks of posters, key art and other pictures that go with a title."""
