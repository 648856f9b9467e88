"""The management command says what it did, and refuses in sentences."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from cast_places import small_city
from shanzhi.registers.places import queries

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _terminal(monkeypatch):
    monkeypatch.delenv("LC_ALL", raising=False)
    monkeypatch.delenv("LC_MESSAGES", raising=False)
    monkeypatch.setenv("LANG", "C.UTF-8")


def run(*arguments):
    out = StringIO()
    call_command("places", *arguments, stdout=out, stderr=out)
    return out.getvalue()


def test_tree():
    assert "import-city" in run("tree")
    small_city()
    text = run("tree", "9901", "--depth", "1")
    assert "990101 东城区  · Town or subdistrict 2, Community or village 3, Grid 6, Micro-grid 12" in text
    assert "柳林" not in text


def test_grids_out_and_in(tmp_path):
    city = small_city()
    file = tmp_path / "east.geojson"
    run("export-grids", "990101", "--out", str(file), "--datum", "gcj02")
    assert "keep 6" in run("import-grids", str(file), "--datum", "gcj02", "--dry-run")
    document = json.loads(file.read_text())
    del document["features"][0]
    file.write_text(json.dumps(document))
    with pytest.raises(CommandError, match="Nothing was written"):
        run("import-grids", str(file), "--datum", "gcj02")
    assert queries.place(city.willow_1.id).until is None


def test_it_speaks_the_language_of_the_terminal(tmp_path, monkeypatch):
    small_city()
    file = tmp_path / "east.geojson"
    run("export-grids", "990101", "--out", str(file))
    document = json.loads(file.read_text())
    document["features"][1]["properties"]["code"] = document["features"][0]["properties"]["code"]
    file.write_text(json.dumps(document))
    for language, said, refused in (
        ("en_GB.UTF-8", "has the same code", "Nothing was written"),
        ("zh_CN.UTF-8", "编码", "没有写入"),
    ):
        monkeypatch.setenv("LANG", language)
        out = StringIO()
        with pytest.raises(CommandError, match=refused):
            call_command("places", "import-grids", str(file), stdout=out, stderr=out)
        assert said in out.getvalue()


def test_import_city_by_name():
    text = run("import-city", "嘉峪关", "--grids", "2", "--microgrids", "1")
    assert "synthetic" in text
    assert queries.cities()[0].name == "嘉峪关市"
    with pytest.raises(CommandError, match="玉溪市"):
        run("import-city", "玉西")
    with pytest.raises(CommandError, match="1 to 99"):
        run("import-city", "玉溪", "--grids", "0")
