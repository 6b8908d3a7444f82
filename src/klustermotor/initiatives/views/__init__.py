"""Pages of initiatives, their figures and their people."""
