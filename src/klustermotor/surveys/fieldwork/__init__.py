"""Collecting answers: keys, links, sealed drafts, letters, and moving answers to their wave."""
