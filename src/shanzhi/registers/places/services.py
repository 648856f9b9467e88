"""Commands on territory. Each runs in one transaction, keeps dated history, and appends a fact."""

from __future__ import annotations

from .changes import Part, merge, move, recode, split
from .gridfile import Report, import_grids
from .importing import import_city

__all__ = ["Part", "Report", "import_city", "import_grids", "merge", "move", "recode", "split"]
