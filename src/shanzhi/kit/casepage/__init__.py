"""What every door needs to show a case and to act on it: casework's answers in the shapes that the kit draws.

Holds no rule: what may be done, and why not, comes from casework. Templates are in kit/templates/kit/casepage/.
"""

from .deeds import Deed, Panel, panel_of
from .entry import on_duty
from .interest import declare_interest
from .interest import kinds as nearness
from .leading import lead_of
from .page import staff_page
from .pictures import photo_of, photos_of
from .points import box_of, outlines_around, outlines_for, point_of, points_of
from .reporter import show_reporter
from .rows import Row, rows_of
from .sending import Attempt, carry_out
from .view import CaseView, entries_of, labels_of, title_of, tone_of, view_of

__all__ = [
    "Attempt", "CaseView", "Deed", "Panel", "Row", "box_of", "carry_out", "declare_interest", "entries_of", "nearness", "on_duty", "outlines_around",
    "labels_of", "lead_of", "outlines_for", "panel_of", "photo_of", "photos_of", "point_of", "points_of", "rows_of", "show_reporter", "staff_page", "title_of",
    "tone_of", "view_of",
]  # fmt: skip
