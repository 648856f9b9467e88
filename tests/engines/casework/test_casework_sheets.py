"""Categories as a spreadsheet: out and back the same; every doubtful cell is named."""

from io import BytesIO

import pytest
from openpyxl import load_workbook

from shanzhi.engines.casework.documents import Catalogue
from shanzhi.engines.casework.sheets import from_xlsx, to_xlsx
from shanzhi.foundation.playbook.queries import load


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return load("yuxi").model("categories")


def changed(catalogue, cell, value) -> bytes:
    book = load_workbook(BytesIO(to_xlsx(catalogue)))
    book.worksheets[0][cell] = value
    content = BytesIO()
    book.save(content)
    return content.getvalue()


def test_out_and_back_is_the_same(catalogue):
    back, problems = from_xlsx(to_xlsx(catalogue), numbers=catalogue.numbers)
    assert problems == []
    kept = {"example", "procedure", "counts"}
    same = [item.model_dump(exclude=kept) for item in catalogue.items]
    assert [item.model_dump(exclude=kept) for item in back.items] == same
    assert {one.key: one.title for one in back.classes} == {one.key: one.title for one in catalogue.classes}


@pytest.mark.parametrize("limit", ["尽快", "3天", "", "两三天", "=1+1"])
def test_a_limit_that_cannot_be_read_names_its_cell(catalogue, limit):
    back, problems = from_xlsx(changed(catalogue, "H7", limit))
    assert back is None
    assert [problem.where for problem in problems] == ["事项!H7"]
    assert problems[0].advice


def test_other_mistakes_name_their_cells(catalogue):
    assert from_xlsx(changed(catalogue, "A3", "Not A Key"))[1][0].where == "事项!A3"
    assert from_xlsx(changed(catalogue, "G3", "马上"))[1][0].where == "事项!G3"
    assert "H" not in from_xlsx(changed(catalogue, "A1", "x"))[1][0].where
    assert from_xlsx(b"not a spreadsheet")[0] is None
