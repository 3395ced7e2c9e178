"""Manifests of packages: one module per standard."""
