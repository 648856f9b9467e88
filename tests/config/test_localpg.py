"""The project's own PostgreSQL: starts anywhere, survives a kill, several side by side, as root and as anybody."""

from __future__ import annotations

import os
import shutil
import signal
import site
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from config.localpg import Cluster

pytestmark = pytest.mark.kill
SRC = Path(__file__).resolve().parents[2] / "src"
AS_ANYBODY = """
import sys
from pathlib import Path
from config.localpg import Cluster
cluster = Cluster(Path(sys.argv[1]))
cluster.start()
print(cluster.sql("SELECT 6 * 7").strip())
cluster.stop()
"""


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[Cluster]:
    made = Cluster(tmp_path)
    yield made
    made.remove()


def server_pid(cluster: Cluster) -> int:
    return int((cluster.data / "postmaster.pid").read_text().split("\n", 1)[0])


def test_starting_twice_is_harmless(cluster):
    cluster.start()
    cluster.start()
    assert cluster.sql("SELECT 1").strip() == "1"


def test_data_survive_a_kill(cluster):
    cluster.start()
    cluster.sql("CREATE TABLE kept AS SELECT 42 AS answer")
    os.kill(server_pid(cluster), signal.SIGKILL)
    time.sleep(0.1)
    cluster.start()
    assert cluster.sql("SELECT answer FROM kept").strip() == "42"


def test_a_stale_pid_file_does_not_stop_the_start(cluster):
    cluster.start()
    cluster.stop()
    (cluster.data / "postmaster.pid").write_text(f"{os.getpid()}\n{cluster.data}\n")
    cluster.start()
    assert cluster.ready()


def test_two_checkouts_side_by_side(cluster, tmp_path):
    other = Cluster(tmp_path / "other")
    try:
        cluster.start()
        other.start()
        cluster.sql("CREATE TABLE only_here ()")
        assert other.sql("SELECT count(*) FROM pg_class WHERE relname = 'only_here'").strip() == "0"
    finally:
        other.remove()


@pytest.mark.skipif(os.geteuid() != 0, reason="only root's data lie outside of the checkout")
def test_what_an_earlier_checkout_left_is_set_aside(cluster, capsys):
    cluster.start()
    cluster.sql("CREATE TABLE of_the_first ()")
    shutil.rmtree(cluster.root / ".local")  # the checkout was removed, and cloned again
    again, earlier = Cluster(cluster.root), cluster.base.with_name(f"{cluster.key}-earlier")
    try:
        again.start()
        assert again.sql("SELECT count(*) FROM pg_class WHERE relname = 'of_the_first'").strip() == "0"
        assert (earlier / "data" / "PG_VERSION").exists()
        assert str(earlier) in capsys.readouterr().out
        again.stop()
        Cluster(cluster.root).start()
        assert capsys.readouterr().out == ""
    finally:
        shutil.rmtree(earlier, ignore_errors=True)


def test_removing_leaves_nothing(cluster):
    cluster.start()
    cluster.remove()
    assert not cluster.base.exists()
    assert not cluster.socket.exists()


def python_for_anybody() -> str:
    """An interpreter of our version that an ordinary user may start; root's own may lie in root's home."""
    for python in (sys.executable, "/usr/bin/python3", "/usr/local/bin/python3"):
        try:
            done = subprocess.run([python, "--version"], user="nobody", cwd="/", capture_output=True, text=True)
        except OSError:
            continue
        if done.stdout.startswith(f"Python {sys.version_info.major}.{sys.version_info.minor}."):
            return python
    pytest.skip("no interpreter here that an ordinary user may start")


@pytest.mark.skipif(os.geteuid() != 0, reason="already running as an ordinary user")
def test_works_as_an_ordinary_user():
    python = python_for_anybody()
    if subprocess.run(["test", "-r", str(SRC / "config/localpg.py")], user="nobody", cwd="/").returncode:
        pytest.skip("this checkout lies in a home that an ordinary user may not read")
    home = Path("/tmp") / f"sz-anybody-{os.getpid()}"
    home.mkdir(mode=0o777)
    home.chmod(0o777)
    try:
        done = subprocess.run(
            [python, "-c", AS_ANYBODY, str(home)],
            env={
                "PYTHONPATH": os.pathsep.join([str(SRC), *site.getsitepackages()]),
                "PATH": os.environ["PATH"],
                "PYTHONDONTWRITEBYTECODE": "1",
            },
            cwd="/",
            user="nobody",
            group="nogroup",
            extra_groups=[],
            capture_output=True,
            text=True,
        )
        assert done.stdout.strip() == "42", done.stderr
    finally:
        shutil.rmtree(home)
