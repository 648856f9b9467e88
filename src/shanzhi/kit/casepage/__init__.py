"""What every door needs to show a case and to act on it: casework's answers in the shapes that the kit draws.

Holds no rule: what may be done, and why not, comes from casework. Templates are in kit/templates/kit/casepage/.
"""

from .deeds import Deed, Panel, panel_of
from .pictures import photo_of, photos_of
from .rows import Row, rows_of
from .sending import Attempt, carry_out
from .view import CaseView, entries_of, title_of, tone_of, view_of

__all__ = [
    "Attempt", "CaseView", "Deed", "Panel", "Row", "carry_out", "entries_of", "panel_of", "photo_of", "photos_of",
    "rows_of", "title_of", "tone_of", "view_of",
]  # fmt: skip
