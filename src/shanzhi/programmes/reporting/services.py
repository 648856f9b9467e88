"""Commands of reporting: what a resident does with a report."""

from .following_up import rate, reopen, withdraw
from .joining_in import me_too
from .records import record_pdf
from .reporting import Position, Reported, report

__all__ = ["Position", "Reported", "me_too", "rate", "record_pdf", "reopen", "report", "withdraw"]
