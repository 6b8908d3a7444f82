"""The database engine of ``klustermotor.core.sqlite``: Django's own, in a folder that it makes."""

from pathlib import Path
from typing import Any

from django.db.backends.sqlite3 import base, features


class DatabaseFeatures(features.DatabaseFeatures):
    """Knows what every SQLite of our Pythons can do, without connecting to ask."""

    supports_json_field = True


class DatabaseWrapper(base.DatabaseWrapper):
    """Makes the folder of the file when the first connection opens, and not before.

    A command that only reads files never connects, so it leaves no folder behind.
    """

    features_class = DatabaseFeatures

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        name = str(conn_params["database"])
        if not name.startswith(("file:", ":memory:")):
            Path(name).parent.mkdir(parents=True, exist_ok=True)
        return super().get_new_connection(conn_params)
