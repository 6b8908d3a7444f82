"""Files of register data as records: spreadsheets as people keep them, and the public registers.

Everything here streams: memory does not grow with the file. Nothing here knows a database; what a
record may refer to (municipalities, industries) is handed in as :class:`~.record.Known`.
"""
