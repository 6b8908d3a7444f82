"""Asking companies: questionnaires, waves, frames and answers."""
