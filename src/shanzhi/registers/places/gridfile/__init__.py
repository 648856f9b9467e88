"""A city's own grids in and out as GeoJSON. Nothing is written while one error remains."""

from .apply import Report, import_grids
from .export import export_grids

__all__ = ["Report", "export_grids", "import_grids"]
