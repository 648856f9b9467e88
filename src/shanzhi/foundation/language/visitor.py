"""The extension point: a back-end says what each kind of node becomes. A kind it does not know must throw."""

from __future__ import annotations

from typing import Generic, TypeVar

from . import tree

Out = TypeVar("Out")


class Backend(Generic[Out]):
    """Subclass and write one method per node class, named like it: `Literal`, `FieldValue`, `Arithmetic`, …"""

    def emit(self, node: tree.Node) -> Out:
        method = getattr(self, type(node).__name__, None)
        if method is None:
            raise NotImplementedError(f"{type(self).__name__} cannot express {type(node).__name__}")
        return method(node)
