"""Commands of patrols. All keyword-only, with the actor as `by`; each is one transaction (generate: one for some hundred orders)."""

from .answering import answer, change_answer, set_out
from .calling import call, close, open_list
from .generating import Generated, generate
from .signing import check_in, sign_up, withdraw
from .telling import tell_missed

__all__ = [
    "Generated",
    "answer",
    "call",
    "change_answer",
    "check_in",
    "close",
    "generate",
    "open_list",
    "set_out",
    "sign_up",
    "tell_missed",
    "withdraw",
]
