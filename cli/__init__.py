"""The command line: parses, calls one function, renders, picks the exit code."""
