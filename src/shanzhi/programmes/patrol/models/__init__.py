"""Tables of patrols. Private to this app."""

from .call import Call, SignUp
from .order import Answer, Order

__all__ = ["Answer", "Call", "Order", "SignUp"]
