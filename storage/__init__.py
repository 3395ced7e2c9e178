"""Planning, packaging and delivery to a store."""
