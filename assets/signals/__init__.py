"""What one decode of a media file tells: every measured signal of its pictures and its sound (see model.py)."""
