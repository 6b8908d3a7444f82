"""What the search box looks in."""

from django.db import models


class SearchEntry(models.Model):
    """One thing that can be found; `core.search` keeps it true and finds in it by SQL.

    On SQLite triggers carry each change into two FTS5 tables, `core_search_words` and
    `core_search_inside`; a migration that makes this table anew must make the triggers anew too.
    On PostgreSQL there are GIN indexes on the words and on the trigrams of `text`.
    """

    id = models.BigAutoField(primary_key=True)
    kind = models.CharField(max_length=20)
    key = models.CharField(max_length=40)
    scope = models.CharField(max_length=60, default="")
    title = models.TextField()
    """The name, folded."""
    text = models.TextField()
    """Name and all else that finds it, folded."""

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "key"], name="search_entry_once")]

    def __str__(self) -> str:
        return f"{self.kind}: {self.title}"
