"""Commands of the evaluation room."""
