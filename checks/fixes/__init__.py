"""What can be mended in subtitles without thought, one fix a file; `checks/fixing.py` applies them."""
