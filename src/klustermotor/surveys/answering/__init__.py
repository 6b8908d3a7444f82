"""Answering a questionnaire: its pages, what may stand in each field, and the views of them."""
