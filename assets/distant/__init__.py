"""Files that lie in a store alone, read there: in parts, over HTTP, each byte once if it can be."""
