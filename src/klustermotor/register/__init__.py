"""Organisations: the one memory that visits, frames and effects hang on."""
