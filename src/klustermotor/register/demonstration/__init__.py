"""Synthetic companies on real municipalities, for the demonstration.

`places` says where, `words` what things are called, `numbers` how they are numbered, `making`
makes the values (the same each time), `loading` puts them into the database.
"""

from klustermotor.register.demonstration.loading import load

__all__ = ["load"]
