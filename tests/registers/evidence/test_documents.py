"""Papers: Chinese type, rare characters, no markup from data, no boxes."""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree

import pictures
import pytest

from shanzhi.registers.evidence import documents, fonts, glyphs

TEMPLATE = """#import "/shanzhi/base.typ": *
#let data = json("/data.json")
#show: paper.with(title: data.title, number: "1", issuer: "清河市", made: "2026-11-02", synthetic: "演示")
#facts(data.rows)
#timeline((("at": "09:00", "what": "上报", "who": "居民", "words": data.title),))
#photos(data.photos)
#listing(("项", "值"), data.rows)
#signatures(("承办人", "核查人"))
"""
DATA = {"title": "办理记录", "rows": [["地点", "柳林社区"]], "photos": [{"file": "a.jpg", "caption": "处置前"}]}


@pytest.fixture
def template(tmp_path: Path) -> Path:
    path = tmp_path / "record.typ"
    path.write_text(TEMPLATE, encoding="utf-8")
    return path


def laid(monkeypatch) -> list[dict]:
    """The data as the template gets it."""
    seen: list[dict] = []
    real = documents.json.dumps

    def spy(value, **options):
        seen.append(value)
        return real(value, **options)

    monkeypatch.setattr(documents.json, "dumps", spy)
    return seen


def test_a_paper_with_everything(template):
    pdf = documents.render(template, DATA, {"a.jpg": pictures.encoded()})
    assert pdf.startswith(b"%PDF-1.7")
    assert len(pdf) < 300_000


def test_emoji_and_unknown_scripts_show_and_are_noted(template, monkeypatch):
    seen = laid(monkeypatch)
    rows = [["姓名", "㐂😀\u200d\ufe0f🐉"], ["话", "第一行\n第二行\x07"]]
    assert documents.render(template, DATA | {"rows": rows}, {"a.jpg": pictures.encoded()})
    assert seen[0]["rows"] == [["姓名", "㐂〓〓"], ["话", "第一行\n第二行"]]
    assert seen[0]["missing"] == "U+1F409, U+1F600"


def test_rare_characters_without_system_fonts_are_replaced(template, monkeypatch):
    if not fonts.packaged():
        pytest.skip("the font packages are not installed")
    monkeypatch.setattr(fonts, "system", list)
    for cached in (fonts.files, fonts.covered, documents._fonts, documents._families):
        cached.cache_clear()
    seen = laid(monkeypatch)
    try:
        assert fonts.missing("㐂𠮷") == {"𠮷"}
        assert documents.render(template, DATA | {"rows": [["姓名", "𠮷野家"]]}, {"a.jpg": pictures.encoded()})
        assert seen[0]["rows"] == [["姓名", "〓野家"]]
    finally:
        for cached in (fonts.files, fonts.covered, documents._fonts, documents._families):
            cached.cache_clear()


def test_no_font_is_an_error_not_boxes(template, monkeypatch):
    monkeypatch.setattr(fonts, "packaged", list)
    monkeypatch.setattr(fonts, "system", list)
    fonts.files.cache_clear()
    fonts.covered.cache_clear()
    try:
        with pytest.raises(fonts.NoFont, match="fonts-noto-cjk"):
            documents.render(template, DATA)
    finally:
        fonts.files.cache_clear()
        fonts.covered.cache_clear()


def test_what_people_write_is_never_markup(template):
    evil = '#read("/data.json") *bold* #import "@preview/x:1.0.0" \\ $x$ <label> @ref'
    assert documents.render(template, DATA | {"title": evil}, {"a.jpg": pictures.encoded()})


def test_a_broken_template_says_so(tmp_path):
    path = tmp_path / "broken.typ"
    path.write_text("#nonsense(", encoding="utf-8")
    with pytest.raises(documents.BrokenTemplate, match=r"broken\.typ"):
        documents.render(path, {})


@pytest.mark.parametrize("name", ["../x", "a/b", "/etc/passwd"])
def test_files_have_plain_names(template, name):
    with pytest.raises(ValueError, match="plain name"):
        documents.render(template, DATA, {name: b""})


def test_a_template_reads_nothing_outside(tmp_path):
    path = tmp_path / "nosy.typ"
    path.write_text('#read("../../../etc/passwd")', encoding="utf-8")
    with pytest.raises(documents.BrokenTemplate):
        documents.render(path, {})


def test_fontconfig_names_our_folders(tmp_path):
    target = fonts.fontconfig(tmp_path / "fonts.conf", [tmp_path / "a & b"])
    assert "<dir>" in target.read_text()
    assert "a &amp; b" in target.read_text()
    ElementTree.parse(target)


def test_a_file_that_is_no_font_has_no_characters(tmp_path):
    path = tmp_path / "x.ttf"
    for content in (b"", b"ttcf", b"\0\1\0\0\0\x09" + b"\xff" * 50):
        path.write_bytes(content)
        assert glyphs.characters(path) == frozenset()


def pages(pdf: bytes) -> int:
    return pdf.count(b"/Type/Page/") + pdf.count(b"/Type /Page\n")


def test_what_is_longer_than_a_page_goes_on_on_the_next(template):
    long = DATA | {"title": "院墙压了乙方地界，" * 700}
    template.write_text(
        TEMPLATE.replace("title: data.title", 'title: "t"').replace("#photos(data.photos)", ""), encoding="utf-8"
    )
    assert pages(documents.render(template, long)) >= 4
