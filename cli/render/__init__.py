"""Renderers: a report becomes text for a terminal, JSON for machines, or one HTML page; one module per form."""
