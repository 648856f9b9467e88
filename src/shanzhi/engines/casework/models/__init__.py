"""Cases and what belongs to them. Private to this app: others use services and queries."""

from .case import Case
from .clock import Clock
from .consent import Consent
from .consequences import Join, Rating, Rejection, Reopening
from .extension import Extension
from .hand import Hand
from .party import Party
from .reminder import Reminder
from .step import CaseFile, Step

__all__ = [
    "Case", "CaseFile", "Clock", "Consent", "Extension", "Hand", "Join", "Party", "Rating", "Rejection", "Reminder", "Reopening", "Step",
]  # fmt: skip
