"""One YAML file → plain data, and the line of every key and value in it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from shanzhi.foundation.base.refusals import Problem

LARGEST = 1_000_000  # characters; a playbook file is read by people
DEEPEST = 30
PLAIN = "tag:yaml.org,2002:"
Path = Sequence[str | int]


class Unreadable(Exception):
    def __init__(self, problem: Problem) -> None:
        super().__init__(str(problem))
        self.problem = problem


@dataclass(frozen=True, slots=True, eq=False)
class Page:
    """A file as read. `data` is dicts, lists, strings, integers, floats, booleans and None."""

    path: str
    text: str
    data: Any
    root: Node | None

    def where(self, path: Path = (), *, key: bool = False) -> str:
        """file:line:column of the value at `path` (of its key, if asked), as near as the file has it."""
        node, mark = self.root, self.root.start_mark if self.root else None
        for part in path:
            found = _child(node, part)
            if found is None:
                continue
            key_node, node = found
            mark = (key_node if key and key_node is not None else node).start_mark
        return f"{self.path}:{mark.line + 1}:{mark.column + 1}" if mark else f"{self.path}:1:1"


def _child(node: Node | None, part: str | int) -> tuple[Node | None, Node] | None:
    if isinstance(node, MappingNode):
        return next(((k, v) for k, v in node.value if k.value == str(part)), None)
    if isinstance(node, SequenceNode) and isinstance(part, int) and part < len(node.value):
        return None, node.value[part]
    return None


def read(path: str, text: str) -> Page:
    """Raises Unreadable with the line, what is wrong and what to do."""
    if len(text) > LARGEST:
        raise Unreadable(Problem(f"{path}:1:1", _("The file is too large."), _("Split it into several files.")))
    try:
        root = YAML(typ="safe", pure=True).compose(text)
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line if mark else 0
        where = f"{path}:{line + 1}:{(mark.column if mark else 0) + 1}"
        advice = _advice(text.splitlines()[max(0, line - 1) : line + 1])
        raise Unreadable(
            Problem(where, _("This is not YAML: {reason}.").format(reason=error.problem), advice)
        ) from error
    except (YAMLError, ValueError, RecursionError) as error:
        raise Unreadable(Problem(f"{path}:1:1", _("This is not YAML: {reason}.").format(reason=error))) from error
    return Page(path, text, _plain(root, path, 0) if root is not None else None, root)


def _advice(lines: Iterable[str]) -> str:
    near = "\n".join(lines)
    if "\t" in near:
        return _("Indent with spaces, not with tabs.")
    if re.search(r"\{[a-z]+\}", near):
        return _("Put a sentence that names something in braces, like {unit}, in quotes.")
    if "：" in near or "，" in near:
        return _("Perhaps a Chinese colon or comma stands where YAML needs “: ” or “, ”; put sentences in quotes.")
    return _("Look at this line and the one above: indentation, a missing “: ”, or quotes that do not close.")


def _plain(node: Node, path: str, depth: int) -> Any:
    if depth > DEEPEST:
        raise _refuse(path, node, _("This is nested too deeply."), _("Nothing in a playbook needs so many levels."))
    if getattr(node, "anchor", None):
        raise _refuse(
            path, node, _("Anchors (&) and aliases (*) are not used in playbooks."), _("Write the text again.")
        )
    if not isinstance(node, ScalarNode) and str(node.tag) not in (f"{PLAIN}map", f"{PLAIN}seq"):
        raise _tagged(path, node)
    if isinstance(node, MappingNode):
        return _mapping(node, path, depth)
    if isinstance(node, SequenceNode):
        return [_plain(child, path, depth + 1) for child in node.value]
    assert isinstance(node, ScalarNode)
    return _scalar(node, path)


def _mapping(node: MappingNode, path: str, depth: int) -> dict[str, Any]:
    found: dict[str, Any] = {}
    lines: dict[str, int] = {}
    for key, value in node.value:
        if not isinstance(key, ScalarNode) or key.tag == f"{PLAIN}merge":
            raise _refuse(path, key, _("A key must be a simple word."), _("Write “key: value”."))
        if key.value in found:
            message = _("“{key}” is written twice.").format(key=key.value)
            raise _refuse(path, key, message, _("The first is in line {line}; keep one.").format(line=lines[key.value]))
        found[key.value] = _plain(value, path, depth + 1)
        lines[key.value] = key.start_mark.line + 1
    return found


def _scalar(node: ScalarNode, path: str) -> Any:
    tag, text = str(node.tag).removeprefix(PLAIN), node.value
    if tag == "null":
        return None
    if tag == "bool":
        return text.lower() == "true"
    if tag == "int":
        digits = text.lstrip("+-")
        if not digits.isdigit() or (digits[0] == "0" and digits != "0"):
            advice = _('Put codes and the like in quotes: "{text}".').format(text=text)
            raise _refuse(path, node, _("“{text}” is not a plain number.").format(text=text), advice)
        return int(text)
    if tag == "float":
        return float(text.replace("_", ""))
    if tag in ("str", "timestamp"):
        return text
    raise _tagged(path, node)


def _tagged(path: str, node: Node) -> Unreadable:
    return _refuse(path, node, _("The tag “{tag}” is not used in playbooks.").format(tag=node.tag), _("Leave it out."))


def _refuse(path: str, node: Node, message: str, advice: str) -> Unreadable:
    return Unreadable(Problem(f"{path}:{node.start_mark.line + 1}:{node.start_mark.column + 1}", message, advice))
