"""Migrations, oldest to newest. Each holds its own table definitions: what it did never changes later."""
