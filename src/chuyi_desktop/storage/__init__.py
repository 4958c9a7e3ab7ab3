"""The workspace on SQLite: tables, row ↔ domain mapping, migrations, journal, backups, evidence by hash."""
