"""Which version of the tables a file has, and how it is brought to the newest."""

import threading
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import Engine

MIGRATIONS = Path(__file__).parent / "migrations"
# Alembic keeps the migration that runs in a global of its process.
_ONE_AT_A_TIME = threading.Lock()


class Schema:
    """The migrations of one folder; by default those of the program."""

    def __init__(self, scripts: Path = MIGRATIONS) -> None:
        self._config = Config()
        # The configuration reads "%" as the start of a reference.
        self._config.set_main_option("script_location", str(scripts).replace("%", "%%"))
        self._config.set_main_option("path_separator", "os")
        self._scripts = ScriptDirectory.from_config(self._config)
        head = self._scripts.get_current_head()
        if head is None:
            raise FileNotFoundError(f"no migrations in {scripts}")
        self.newest = head

    def knows(self, revision: str) -> bool:
        """Whether ``revision`` is one of ours; another comes from a newer program."""
        return any(script.revision == revision for script in self._scripts.walk_revisions())

    def upgrade(self, engine: Engine) -> None:
        """Bring the tables to the newest version, in one transaction."""
        with _ONE_AT_A_TIME, engine.execution_options(writing=True).begin() as connection:
            self._config.attributes["connection"] = connection
            try:
                command.upgrade(self._config, "head")
            finally:
                del self._config.attributes["connection"]
