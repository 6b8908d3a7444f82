"""The checks that the proofreader runs, on tables and on sentences."""
