"""One archive of the database and its files, which either database can take in again."""

from klustermotor.core.backup.archive import ArchiveError, Manifest, verify
from klustermotor.core.backup.dump import write_backup
from klustermotor.core.backup.restore import restore_backup

__all__ = ["ArchiveError", "Manifest", "restore_backup", "verify", "write_backup"]
