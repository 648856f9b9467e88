"""`make run`: database, city, pages, journal and jobs in the foreground; Ctrl-C ends them all."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
import urllib.request
from pathlib import Path

from honcho.manager import Manager

from config import localpg, migrated
from config.port import complaint

ROOT = Path(__file__).resolve().parent.parent.parent
PID_FILE = ROOT / ".local" / "run.pid"
READY_SECONDS = 60


def main() -> None:
    if sys.argv[1:] in (["--stop"], ["--clean"]):
        stop()
        if sys.argv[1] == "--clean":
            for root in (ROOT, ROOT / ".local" / "bench"):
                localpg.Cluster(root).remove()
        return
    if sys.argv[1:]:
        sys.exit(
            "`make run` takes what it needs from the environment (PORT, HOST, CITY, SIM); else there are --stop and --clean."
        )
    # One tap signs anybody in: for this machine alone, unless HOST says otherwise.
    host, port = os.environ.get("HOST", "127.0.0.1"), os.environ.get("PORT", "8000")
    if wrong := complaint(host, port):
        sys.exit(wrong)
    began = time.monotonic()
    own_database = not os.environ.get("DATABASE_URL")
    stands = prepare() if own_database else False
    if not own_database:
        tables()
    if not stands:
        say("City")
        shanzhi("begin")
    PID_FILE.write_text(str(os.getpid()))
    try:
        code = serve(host, port, began, stands=stands)
    finally:
        PID_FILE.unlink(missing_ok=True)
        if own_database:
            stop_database()
    sys.exit(code)


def prepare() -> bool:
    """Start our own database and bring it up to date; whether a city stands there already, which need not be waited for."""
    say("Database")
    cluster = localpg.Cluster()
    cluster.start()
    if not migrated.known(cluster):
        tables()
        migrated.note(cluster)
    return migrated.lived_in(cluster, os.environ.get("CITY", "玉溪"))


def tables() -> None:
    say("Tables")
    shanzhi("migrate", "-v", "0")


def serve(host: str, port: str, began: float, *, stands: bool) -> int:
    python, environment = (
        sys.executable,
        {**os.environ, "DJANGO_SETTINGS_MODULE": settings_module(), "PYTHONUNBUFFERED": "1"},
    )
    manager = Manager()
    # WhiteNoise streams files synchronously, which Django mentions under ASGI; harmless for small built files.
    web = {**environment, "SHANZHI_POOL": "1", "PYTHONWARNINGS": "ignore:StreamingHttpResponse must consume"}
    uvicorn = (
        f"{python} -m uvicorn config.asgi:application --host {host} --port {port} --no-access-log --log-level warning"
    )
    manager.add_process("web", f"exec {uvicorn} --timeout-graceful-shutdown 3", env=web)
    manager.add_process("journal", f"exec {python} -m config.cli journal run", env=environment)
    manager.add_process("jobs", f"exec {python} -m config.cli procrastinate worker --concurrency 2", env=environment)
    if os.environ.get("SIM", "on") != "off":
        manager.add_process("people", f"exec {python} -m config.cli simulate --live", env=environment)
    threading.Thread(target=announce, args=(port, began, stands), daemon=True).start()
    manager.loop()
    # Ctrl-C and `make stop` are how it ends well.
    return 0 if manager.returncode in (None, 130, 143) else manager.returncode


def announce(port: str, began: float, stands: bool) -> None:
    """Once the first page answers, say where to look and whom to sign in as. A city that stood already then takes up edited text."""
    for _ in range(READY_SECONDS * 5):
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=5).read()  # noqa: S310
            break
        except OSError:
            time.sleep(0.2)
    print(f"\nReady after {time.monotonic() - began:.0f} s: http://127.0.0.1:{port}/\n", flush=True)
    if stands:
        shanzhi("begin")
    shanzhi("begin", "--people")


def shanzhi(*arguments: str) -> None:
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": settings_module()}
    done = subprocess.run([sys.executable, "-m", "config.cli", *arguments], env=environment)
    if done.returncode:
        sys.exit(f"`shanzhi {' '.join(arguments)}` failed; what it said stands above.")


def settings_module() -> str:
    return os.environ.get("DJANGO_SETTINGS_MODULE", "config.settings.local")


def say(what: str) -> None:
    print(f"· {what} …", flush=True)


def stop() -> None:
    try:
        pid = int(PID_FILE.read_text())
        os.kill(pid, signal.SIGTERM)
        print("Stopping …")
        for _ in range(100):
            os.kill(pid, 0)
            time.sleep(0.1)
    except (OSError, ValueError):
        pass
    if not os.environ.get("DATABASE_URL"):
        localpg.Cluster().stop()
    print("Stopped.")


def stop_database() -> None:
    """Leave the database up while somebody else, a test run say, is using it."""
    cluster = localpg.Cluster()
    others = "SELECT count(*) FROM pg_stat_activity WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()"
    if cluster.ready() and cluster.sql(others).strip() == "0":
        cluster.stop()


if __name__ == "__main__":
    main()
