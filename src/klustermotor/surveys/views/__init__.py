"""Pages of questionnaires, waves and their answers."""
