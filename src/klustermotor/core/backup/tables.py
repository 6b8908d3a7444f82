"""The tables as the migrations left them, whatever the models say today."""

from django.db import connection, models
from django.db.migrations.executor import MigrationExecutor

# Made anew by migrate, or worth nothing in another place and time.
LEFT_OUT = {"contenttypes", "auth", "sessions", "django_tasks_database"}
LEFT_OUT_TABLES = {"core_searchentry"}  # the search index follows from the rest


def applied_migrations() -> list[tuple[str, str]]:
    """Return the applied migrations, by app and name."""
    return sorted(MigrationExecutor(connection).loader.applied_migrations)


def stored_models(migrations: list[tuple[str, str]]) -> list[type[models.Model]]:
    """Return the models at the state of ``migrations`` whose rows an archive holds, by table.

    They convert values as their fields did then, so an archive of an older version is read as it
    was written, and is brought up to date by the migrations that follow.
    """
    loader = MigrationExecutor(connection).loader
    apps = loader.project_state(leaves(migrations)).apps
    found = {
        model._meta.db_table: model
        for model in apps.get_models(include_auto_created=True)
        if model._meta.app_label not in LEFT_OUT
        and model._meta.db_table not in LEFT_OUT_TABLES
        and model._meta.managed
        and not model._meta.proxy
    }
    return [found[table] for table in sorted(found)]


def leaves(migrations: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """Return the last migration of each app among ``migrations``.

    Raises ``LookupError`` that names one that this version does not have.
    """
    graph = MigrationExecutor(connection).loader.graph
    given = set(migrations)
    unknown = sorted(given - set(graph.nodes))
    # A squashed-away name of another package may stand in the records without a file.
    for app, name in unknown:
        if any(node[0] == app for node in graph.nodes):
            raise LookupError(f"{app}.{name}")
    return sorted(
        node
        for node in given - set(unknown)
        if not any(
            child.key[0] == node[0] and child.key in given
            for child in graph.node_map[node].children
        )
    )
