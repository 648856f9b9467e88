"""Setting up: a step is skipped only while what it was made from holds, and what it made is there."""

from __future__ import annotations

import importlib.util
import json
from pathlib import Path
from types import ModuleType

import pytest

TOOL = Path(__file__).resolve().parents[2] / "tools/bootstrap.py"


@pytest.fixture
def boot(tmp_path, monkeypatch) -> ModuleType:
    """The tool over an empty checkout; whatever would start a process is written down instead."""
    spec = importlib.util.spec_from_file_location("bootstrap_here", TOOL)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    for name, folder in {
        "ROOT": "", "VENV": ".venv", "FRONTEND": "frontend", "STATIC": "static", "STAMPS": ".local/stamps",
    }.items():  # fmt: skip
        monkeypatch.setattr(module, name, tmp_path / folder)
    monkeypatch.setattr(module, "PYTHON", tmp_path / ".venv/bin/python")
    monkeypatch.setattr(module, "find_node", lambda: "node")
    monkeypatch.setattr(module, "npm", lambda node: ["npm"])  # this machine may have neither
    asked: list[str] = []
    monkeypatch.setattr(module, "asked", asked, raising=False)
    monkeypatch.setattr(module, "run", lambda command, **_: asked.append(" ".join(command)))
    write(tmp_path / ".venv/bin/python")
    write(tmp_path / "pyproject.toml")
    write(
        tmp_path / "requirements/dev.lock", "Some.Thing==1.0 \\\n  --hash=x\nother[more]==2 \\\nmac==1 ; sys_platform\n"
    )
    write(tmp_path / "requirements/run.lock", "other[more]==2 \\\n")
    packages = {"": {}, "node_modules/vite": {}, "node_modules/fsevents": {"optional": True}}
    write(tmp_path / "frontend/package-lock.json", json.dumps({"packages": packages}))
    write(tmp_path / "frontend/vite.config.mjs")
    write(tmp_path / "src/app/locale/django.po")
    return module


def write(path: Path, text: str = "") -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)


def products(root: Path) -> dict[str, Path]:
    """By step, one thing that it makes."""
    site = root / ".venv/lib/python3.11/site-packages"
    return {
        "packages-dev": site / "some_thing-1.0.dist-info",
        "project": site / "__editable__.shanzhi-0.1.0.pth",
        "browser-packages": root / "frontend/node_modules/vite",
        "browser-build": root / "frontend/dist/assets/base.js",
        "translations": root / "src/app/locale/django.mo",
        "static": root / "static/assets/base.js",
    }


def complete(boot: ModuleType, kind: str = "dev") -> None:
    """As after a whole set-up: everything is there, and each step left its stamp."""
    site = boot.VENV / "lib/python3.11/site-packages"
    for name in ("some_thing-1.0", "other-2"):
        write(site / f"{name}.dist-info/METADATA")
    write(site / "__editable__.shanzhi-0.1.0.pth", f"{boot.ROOT / 'src'}\n")
    write(boot.FRONTEND / "node_modules/vite/index.js")
    write_build(boot)
    write(boot.STATIC / "assets/base.js")
    write(boot.STATIC / "manifest.json")
    write(boot.ROOT / "src/app/locale/django.mo")
    boot.main(kind)
    boot.asked.clear()


def test_everything_there_asks_for_nothing(boot):
    complete(boot)
    boot.main("dev")
    boot.main("run")  # what development needs holds what running needs
    assert boot.asked == []


@pytest.mark.parametrize(
    ("lost", "done"),
    [
        ("packages-dev", "dev.lock"),
        ("project", "--no-deps"),
        ("browser-packages", "ci"),
        ("browser-build", "vite.js build"),
        ("translations", "translations.py compile"),
        ("static", "collectstatic"),
    ],
)
def test_what_is_lost_is_made_again(boot, lost, done):
    complete(boot)
    gone = products(boot.ROOT)[lost]
    gone.rename(gone.with_name("elsewhere"))
    boot.main("dev")
    assert any(done in command for command in boot.asked), boot.asked
    if lost != "browser-build":
        assert len(boot.asked) == 1


@pytest.mark.parametrize("folder", ["frontend/node_modules", "frontend/dist", "static"])
def test_an_emptied_folder_is_filled(boot, folder, monkeypatch):
    complete(boot)
    (boot.ROOT / folder).rename(boot.ROOT / "away")
    (boot.ROOT / folder).mkdir()

    def build(_node: str) -> None:
        boot.asked.append("build")
        write_build(boot)

    monkeypatch.setattr(boot, "build", build)
    boot.main("dev")
    assert boot.asked


def write_build(boot: ModuleType) -> None:
    write(boot.FRONTEND / "dist/manifest.json", json.dumps({"src/base.js": {"file": "assets/base.js"}}))
    write(boot.FRONTEND / "dist/assets/base.js")


def test_an_environment_that_runs_another_checkout_is_pointed_here(boot):
    complete(boot)
    products(boot.ROOT)["project"].write_text("/elsewhere/shanzhi/src\n")
    boot.main("run")
    assert [command for command in boot.asked if "--no-deps" in command]


def test_a_shared_environment_is_left_to_the_checkout_it_belongs_to(boot, tmp_path):
    complete(boot)
    owner = tmp_path / "owner"
    owner.mkdir()
    boot.VENV.rename(owner / ".venv")
    boot.VENV.symlink_to(owner / ".venv")
    site = owner / ".venv/lib/python3.11/site-packages"
    (site / "__editable__.shanzhi-0.1.0.pth").write_text(f"{owner / 'src'}\n")
    boot.main("dev")
    assert boot.asked == []


def test_a_changed_input_is_made_again(boot):
    complete(boot)
    write(boot.ROOT / "src/app/locale/django.po", 'msgid "more"')
    boot.main("dev")
    assert len(boot.asked) == 1
    assert "translations.py compile" in boot.asked[0]
