"""Commands of mediation: open a dispute, put a try on record, take down consent, end it, and the papers."""

from .doing import consent, end_without_agreement, record_try
from .opening import PartyGiven, open_dispute
from .papers import agreement_pdf, invitation_pdf, remedies_pdf
from .taking import Answer, take_down

__all__ = [
    "Answer", "PartyGiven", "agreement_pdf", "consent", "end_without_agreement", "invitation_pdf", "open_dispute", "record_try",
    "remedies_pdf", "take_down",
]  # fmt: skip
