"""Runs: the steps of a plan, one after the other, for whoever is not there to watch; docs/runs.md."""
