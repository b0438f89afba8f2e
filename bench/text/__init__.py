"""The quality of text handling: on the project's own fixtures, and on anybody's file."""
