"""The search index: on SQLite two FTS5 tables kept by triggers, on PostgreSQL two GIN indexes."""

from django.db import migrations, models

# Contentless: the entries themselves hold the text. Case and marks are folded before, so the
# tokenizer may not do it again. The trigram table finds inside words; its kind is three letters,
# one trigram.
SQLITE = [
    """
    CREATE VIRTUAL TABLE core_search_words USING fts5(
        kind, text, content='', columnsize=0, prefix='2 3',
        tokenize='unicode61 remove_diacritics 0'
    )
    """,
    """
    CREATE VIRTUAL TABLE core_search_inside USING fts5(
        kind, text, content='', columnsize=0, tokenize='trigram'
    )
    """,
    """
    CREATE TRIGGER core_search_added AFTER INSERT ON core_searchentry BEGIN
        INSERT INTO core_search_words(rowid, kind, text) VALUES (new.id, new.kind, new.text);
        INSERT INTO core_search_inside(rowid, kind, text)
            VALUES (new.id, substr(new.kind, 1, 3), new.text);
    END
    """,
    """
    CREATE TRIGGER core_search_removed AFTER DELETE ON core_searchentry BEGIN
        INSERT INTO core_search_words(core_search_words, rowid, kind, text)
            VALUES ('delete', old.id, old.kind, old.text);
        INSERT INTO core_search_inside(core_search_inside, rowid, kind, text)
            VALUES ('delete', old.id, substr(old.kind, 1, 3), old.text);
    END
    """,
    """
    CREATE TRIGGER core_search_changed AFTER UPDATE OF kind, text ON core_searchentry BEGIN
        INSERT INTO core_search_words(core_search_words, rowid, kind, text)
            VALUES ('delete', old.id, old.kind, old.text);
        INSERT INTO core_search_inside(core_search_inside, rowid, kind, text)
            VALUES ('delete', old.id, substr(old.kind, 1, 3), old.text);
        INSERT INTO core_search_words(rowid, kind, text) VALUES (new.id, new.kind, new.text);
        INSERT INTO core_search_inside(rowid, kind, text)
            VALUES (new.id, substr(new.kind, 1, 3), new.text);
    END
    """,
    "CREATE INDEX core_search_title ON core_searchentry (kind, title)",
]
# The kind stands in both GIN indexes (by btree_gin), or a word that a million names of one kind
# hold would be looked up row by row when it is asked for in another.
POSTGRESQL = [
    "CREATE EXTENSION IF NOT EXISTS pg_trgm",
    "CREATE EXTENSION IF NOT EXISTS btree_gin",
    'CREATE INDEX core_search_title ON core_searchentry (kind, title COLLATE "C")',
    "CREATE INDEX core_search_words ON core_searchentry "
    "USING gin (kind, to_tsvector('simple', text))",
    "CREATE INDEX core_search_inside ON core_searchentry USING gin (kind, text gin_trgm_ops)",
]


def make(apps, schema_editor):
    statements = SQLITE if schema_editor.connection.vendor == "sqlite" else POSTGRESQL
    for statement in statements:
        schema_editor.execute(statement)


def take_away(apps, schema_editor):
    if schema_editor.connection.vendor == "sqlite":
        for trigger in ("added", "removed", "changed"):
            schema_editor.execute(f"DROP TRIGGER core_search_{trigger}")
        for table in ("core_search_words", "core_search_inside"):
            schema_editor.execute(f"DROP TABLE {table}")


class Migration(migrations.Migration):

    dependencies = [
        ('core', '0003_privacy'),
    ]

    operations = [
        migrations.CreateModel(
            name='SearchEntry',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('kind', models.CharField(max_length=20)),
                ('key', models.CharField(max_length=40)),
                ('scope', models.CharField(default='', max_length=60)),
                ('title', models.TextField()),
                ('text', models.TextField()),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('kind', 'key'), name='search_entry_once')],
            },
        ),
        migrations.RunPython(make, take_away),
    ]
