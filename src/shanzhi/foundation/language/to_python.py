"""The back-end for one fact at a time: a Python function, generated once, about a tenth to one microsecond a call."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from . import tree
from .visitor import Backend

Closure = Callable[[Mapping[str, Any]], Any]
BUILTINS = {"type": type, "int": int, "str": str, "isinstance": isinstance, "min": min, "max": max, "len": len}


def closure(root: tree.Node) -> Closure:
    """A function of a fact (field name → value). A value of the wrong type or outside its bounds counts as missing."""
    backend = ToPython()
    result = backend.emit(root)
    lines = ["def closure(fact):", "    get = fact.get", *backend.loads(), f"    return {result}"]
    # The source is made of generated names and integers only: text of the playbook enters as objects in `names`.
    exec(compile("\n".join(lines), "<expression>", "exec"), backend.names)  # noqa: S102
    return backend.names["closure"]


class ToPython(Backend[str]):
    def __init__(self) -> None:
        self.names: dict[str, Any] = {"__builtins__": BUILTINS, "as_date": as_date, "as_set": as_set}
        self.fields: dict[str, tuple[str, tree.FieldValue]] = {}
        self.temporaries = 0

    def loads(self) -> list[str]:
        lines = []
        for name, (local, node) in self.fields.items():
            lines.append(f"    {local} = get({self.constant(name)})")
            match node.type:
                case "int":
                    field = node.field
                    lines.append(
                        f"    if type({local}) is not int or not {field.least} <= {local} <= {field.most}: {local} = None"
                    )
                case "bool":
                    lines.append(f"    if {local} is not True and {local} is not False: {local} = None")
                case "text" | "choice":
                    lines.append(f"    if not isinstance({local}, str): {local} = None")
                case "date":
                    lines.append(f"    {local} = as_date({local})")
                case "set":
                    lines.append(f"    {local} = as_set({local})")
        return lines

    def constant(self, value: Any) -> str:
        name = f"c{len(self.names)}"
        self.names[name] = value
        return name

    def parts(self, *nodes: tree.Node) -> tuple[list[str], list[str]]:
        """Tests that every part is there, and how to name each part after the tests have run."""
        tests, refs = [], []
        for node in nodes:
            code = self.emit(node)
            if node.nullable and not isinstance(node, tree.FieldValue):
                self.temporaries += 1
                refs.append(f"t{self.temporaries}")
                tests.append(f"({refs[-1]} := {code}) is not None")
            else:
                refs.append(code)
                if node.nullable:
                    tests.append(f"{code} is not None")
        return tests, refs

    def whole(self, tests: list[str], value: str) -> str:
        return f"({value} if {' and '.join(tests)} else None)" if tests else value

    def Literal(self, node: tree.Literal) -> str:
        return f"({node.value})" if isinstance(node.value, int) else self.constant(node.value)

    def FieldValue(self, node: tree.FieldValue) -> str:
        return self.fields.setdefault(node.name, (f"v{len(self.fields)}", node))[0]

    def Arithmetic(self, node: tree.Arithmetic) -> str:
        tests, (left, right) = self.parts(node.left, node.right)
        return self.whole(tests, f"({left} {node.op} {right})")

    def Extreme(self, node: tree.Extreme) -> str:
        tests, refs = self.parts(*node.parts)
        return self.whole(tests, f"{node.op}({', '.join(refs)})")

    def DaysBetween(self, node: tree.DaysBetween) -> str:
        tests, (first, last) = self.parts(node.first, node.last)
        return self.whole(tests, f"({last} - {first}).days")

    def Count(self, node: tree.Count) -> str:
        tests, (part,) = self.parts(node.part)
        return self.whole(tests, f"len({part})")

    def Compare(self, node: tree.Compare) -> str:
        tests, refs = self.parts(*node.parts)
        chain = refs[0] + "".join(f" {op} {ref}" for op, ref in zip(node.ops, refs[1:], strict=True))
        return f"({' and '.join([*tests, chain])})"

    def Among(self, node: tree.Among) -> str:
        tests, (part,) = self.parts(node.part)
        options = self.constant(frozenset(option.value for option in node.options))
        return f"({' and '.join([*tests, f'{part} {self.membership(node)} {options}'])})"

    def Member(self, node: tree.Member) -> str:
        tests, (part, whole) = self.parts(node.part, node.whole)
        return f"({' and '.join([*tests, f'{part} {self.membership(node)} {whole}'])})"

    def membership(self, node: tree.Among | tree.Member) -> str:
        return "not in" if node.negated else "in"

    def Truth(self, node: tree.Truth) -> str:
        return f"({self.emit(node.part)} is True)"

    def Logic(self, node: tree.Logic) -> str:
        return f"({f' {node.op} '.join(self.emit(part) for part in node.parts)})"

    def Not(self, node: tree.Not) -> str:
        return f"(not {self.emit(node.part)})"

    def Present(self, node: tree.Present) -> str:
        return f"({self.emit(node.part)} is not None)"

    def Default(self, node: tree.Default) -> str:
        tests, (part,) = self.parts(node.part)
        return f"({part} if {tests[0]} else {self.emit(node.fallback)})"

    def Choose(self, node: tree.Choose) -> str:
        return f"({self.emit(node.yes)} if {self.emit(node.condition)} else {self.emit(node.no)})"


def as_date(value: Any) -> date | None:
    """A date, or its text as facts store it ("2026-01-31"). A moment is no date: its day depends on the place."""
    if type(value) is date:
        return value
    # Of all ten-letter ISO forms only YYYY-MM-DD has a hyphen there.
    if isinstance(value, str) and len(value) == 10 and value[4] == value[7] == "-":
        try:
            return date.fromisoformat(value)
        except ValueError:
            return None
    return None


def as_set(value: Any) -> frozenset[str] | None:
    if isinstance(value, (list, tuple, set, frozenset)):
        return frozenset(item for item in value if isinstance(item, str))
    return None
