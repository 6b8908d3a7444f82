"""Pages of an evaluation, its texts and its reports."""
