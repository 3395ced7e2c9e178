"""Checks of what title.toml says of the programme: names, synopses, identifiers, languages, dates."""
