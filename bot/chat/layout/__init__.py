"""What messages look like: pure functions from records and words to letters."""
