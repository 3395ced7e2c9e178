"""A report as one HTML page: nothing is loaded, nothing has to run for its findings to be read, and it prints.

`page.py` puts it together: `rows.py`, `cues.py` and `drawing.py` make its data, `texts.py` its languages, the templates
its head and its first findings, and the scripts everything else. Media beside the page come with a `Context`.
"""

from cli.render.report.context import NOTHING, Context, Reel, Track
from cli.render.report.page import numbered, render

__all__ = ["NOTHING", "Context", "Reel", "Track", "numbered", "render"]
