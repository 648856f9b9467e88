"""Commands of casework. All keyword-only, with the actor as `by`; each is one transaction."""

from .acting import act
from .conflicts import Moved
from .joining import Subscribed, join, subscribe
from .opening import Opened, Reporter, open_case
from .own_data import correct_contact
from .proof import Attached
from .recusing import recuse
from .sides import invite
from .ticking import Ticked, tick

__all__ = [
    "Attached", "Moved", "Opened", "Reporter", "Subscribed", "Ticked", "act", "correct_contact", "invite", "join", "open_case", "recuse", "subscribe",
    "tick",
]  # fmt: skip
