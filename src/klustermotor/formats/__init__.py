"""Files in and out: answers, questionnaires, frames, results. Knows no database."""
