"""Categories as a spreadsheet, as cities have them: out for a meeting, back in with every doubtful cell named."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from django.utils.translation import gettext as _
from openpyxl import Workbook, load_workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from pydantic import ValidationError

from shanzhi.foundation.base.refusals import Problem
from shanzhi.foundation.calendar.clock import LimitError, parse_limit
from shanzhi.foundation.language.unreadable import why_not

from .documents import Catalogue, Category, CategoryClass

SHEET = "事项"
COLUMNS = {  # header: (attribute, language of a text or "")
    "编号 key": ("key", ""), "大类编号 class": ("class_", ""), "大类 class": ("class_title", "zh-hans"),
    "大类英文 class (en)": ("class_title", "en"), "事项 title": ("title", "zh-hans"), "事项英文 title (en)": ("title", "en"),
    "紧急程度 urgency": ("urgency", ""), "时限 limit": ("limit", ""), "立案条件 condition": ("condition", "zh-hans"),
    "立案条件英文 condition (en)": ("condition", "en"), "结案条件 closing": ("closing", "zh-hans"),
    "结案条件英文 closing (en)": ("closing", "en"), "证据 evidence": ("evidence", "zh-hans"),
    "证据英文 evidence (en)": ("evidence", "en"), "提示词 words": ("words", ""), "责任单位 unit": ("unit", ""),
}  # fmt: skip
TEXTS = ("title", "condition", "closing", "evidence")
URGENCY = {"一般": "normal", "普通": "normal", "紧急": "urgent", "加急": "urgent"}


def to_xlsx(catalogue: Catalogue) -> bytes:
    book = Workbook()
    sheet = book.active
    sheet.title = SHEET
    sheet.append(list(COLUMNS))
    classes = {one.key: one for one in catalogue.classes}
    for item in catalogue.items:
        sheet.append([_out(item, classes, *place) for place in COLUMNS.values()])
    for number, cell in enumerate(sheet[1], 1):
        cell.font, cell.fill = Font(bold=True), PatternFill("solid", fgColor="DDE8E4")
        cell.alignment = Alignment(wrap_text=True, vertical="top")
        sheet.column_dimensions[get_column_letter(number)].width = 18
    sheet.freeze_panes = "A2"
    content = BytesIO()
    book.save(content)
    return content.getvalue()


def _out(item: Category, classes: dict[str, CategoryClass], name: str, language: str) -> str:
    value: Any = classes[item.class_].title if name == "class_title" else getattr(item, name)
    if name == "words":
        return "、".join(value)
    return (value or {}).get(language, "") if language else str(value or "")


def from_xlsx(content: bytes, *, numbers: str = "SZ") -> tuple[Catalogue | None, list[Problem]]:
    """The catalogue, or None and every finding with its sheet and cell (事项!H7)."""
    try:
        sheet = load_workbook(BytesIO(content), read_only=True, data_only=True).worksheets[0]
    except Exception:  # noqa: BLE001 - openpyxl raises whatever the archive makes it
        return None, [Problem("-", _("This is not a spreadsheet (.xlsx)."), _("Save it as .xlsx and try again."))]
    rows = list(sheet.iter_rows(values_only=True))
    where = _header(rows[0] if rows else ())
    missing = [
        name for name in COLUMNS if name not in where and COLUMNS[name][0] in ("key", "class_", "title", "limit")
    ]
    if missing:
        text = _("The first row lacks the columns: {names}.").format(names=", ".join(missing))
        return None, [Problem(f"{sheet.title}!1", text, _("Export the list first, and fill in that sheet."))]
    return _catalogue(sheet.title, rows[1:], where, numbers)


def _header(row: tuple) -> dict[str, int]:
    return {str(name).strip(): number for number, name in enumerate(row) if name and str(name).strip() in COLUMNS}


def _catalogue(
    sheet: str, rows: list[tuple], where: dict[str, int], numbers: str
) -> tuple[Catalogue | None, list[Problem]]:
    classes: dict[str, CategoryClass] = {}
    items: list[Category] = []
    found: list[Problem] = []
    for number, row in enumerate(rows, 2):
        if not any(cell not in (None, "") for cell in row):
            continue
        read = _read(row, where)
        cells = {COLUMNS[name]: f"{sheet}!{get_column_letter(column + 1)}{number}" for name, column in where.items()}
        try:
            parse_limit(str(read["limit"]))
        except LimitError as error:
            found.append(Problem(cells["limit", ""], str(error.message), str(error.advice)))
            continue
        title = read.pop("class_title", {})
        try:
            if read["class_"] not in classes:
                classes[read["class_"]] = CategoryClass(key=read["class_"], title=title)
            items.append(Category.model_validate(read))
        except ValidationError as error:
            found += [_problem(one, cells, f"{sheet}!{number}") for one in error.errors()]
    doubled = {item.key for item in items if [other.key for other in items].count(item.key) > 1}
    found += [Problem(sheet, _("The category “{key}” is there twice.").format(key=key)) for key in sorted(doubled)]
    return (None if found else Catalogue(numbers=numbers, classes=tuple(classes.values()), items=tuple(items))), found


def _read(row: tuple, where: dict[str, int]) -> dict[str, Any]:
    read: dict[str, Any] = {}
    for name, column in where.items():
        attribute, language = COLUMNS[name]
        text = str(row[column]).strip() if column < len(row) and row[column] not in (None, "") else ""
        if language:
            read.setdefault(attribute, {})
            read[attribute] |= {language: text} if text else {}
        else:
            read[attribute] = text
    read["words"] = [
        word for word in read.get("words", "").replace(",", "、").replace("，", "、").split("、") if word.strip()
    ]
    read["urgency"] = URGENCY.get(read.get("urgency", ""), read.get("urgency") or "normal")
    for name in TEXTS[1:]:
        read[name] = read.get(name) or None
    read["unit"] = read.get("unit") or None
    return read


def _problem(error: Any, cells: dict[tuple[str, str], str], row: str) -> Problem:
    name = str(error["loc"][0]).replace("class", "class_") if error["loc"] else ""
    language = next((language for attribute, language in cells if attribute == name), "")
    return Problem(cells.get((name, language), row), why_not(error), _("Correct this cell."))
