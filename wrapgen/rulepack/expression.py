"""The condition language of rule files: closed, typed, checked when the rules are loaded.

``market.pct > 1 and region.breadth < 0.5`` has the grammar of a Python expression and nothing else
of Python. It may hold numbers, quoted words, the names of a `Namespace`, comparisons (``0 < x <= 2``),
``and or not``, ``+ - * /``, ``a if condition else b``, ``x in ("up", "flat")``, and the functions

=====================  ==============================================================
``min max abs round``  of numbers
``clamp(x, lo, hi)``   x, but no less than lo and no more than hi
``ramp(x, lo, hi)``    0 at lo and before it, 1 at hi and beyond, a straight line between;
                       falls where lo is above hi
``has(name)``          is the value there?
=====================  ==============================================================

A value may be missing (None) when a rule is evaluated. A comparison with a missing value is false,
whichever way it is put: where x is missing, ``x > 1``, ``x != 1`` and ``x not in (1, 2)`` are false, and
so ``not (x > 1)`` is true. Arithmetic with a missing value is missing; so is a division by zero and
anything that is not a finite number. A missing flag is false.

The text becomes a tree of nodes; nothing of it is ever run as code.
"""

from __future__ import annotations

import ast
import operator
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from wrapgen.errors import nearest
from wrapgen.rulepack.errors import RuleError
from wrapgen.rulepack.namespace import Named, Namespace, Type
from wrapgen.rulepack.nodes import (
    FUNCTIONS,
    Among,
    Both,
    Choice,
    Compared,
    Constant,
    Either,
    Function,
    Groups,
    Is,
    Node,
    Not,
    Operation,
    Ramp,
    Value,
    joined,
    presence,
    reading,
)
from wrapgen.rulepack.syntax import Source

_DEEPEST = 50  # levels
_LARGEST = 1e15  # a float still holds every whole number up to it
_COMPARE: dict[type, Callable[[Any, Any], Any]] = {
    ast.Lt: operator.lt, ast.LtE: operator.le, ast.Gt: operator.gt, ast.GtE: operator.ge,
    ast.Eq: operator.eq, ast.NotEq: operator.ne,
}  # fmt: skip
_ARITHMETIC: dict[type, Callable[..., Any]] = {
    ast.Add: operator.add, ast.Sub: operator.sub, ast.Mult: operator.mul, ast.Div: operator.truediv,
}  # fmt: skip
_REFUSED: dict[type, str] = {
    ast.Subscript: "no square brackets in a condition:",
    ast.List: "write choices in round brackets, not as",
    ast.Set: "write choices in round brackets, not as",
    ast.Tuple: "choices stand after in or not in only; not",
    ast.JoinedStr: "no text with an f before it:",
}
_ELSEWHERE = "not part of the condition language:"
_A = {"number": "a number", "flag": "a flag", "word": "a word", "text": "a text"}


@dataclass(frozen=True)
class Expression:
    """A compiled condition or score.

    ``evaluate(groups)`` gives its value from an object per group, in the order of the namespace's groups (see
    `Namespace.gather`): ``market.pct`` is ``pct`` of the object of ``market``. A group that is None has only
    missing values. ``type`` is the type of the value, ``allowed`` the words that it can be, ``names`` the
    names that it uses, in the order of their first use.
    ``needs`` are the names of which it asks for certain words, whatever else it asks: it cannot hold for others.
    """

    text: str
    type: Type
    names: tuple[str, ...]
    allowed: tuple[str, ...]
    node: Node = field(repr=False, compare=False)
    origin: tuple[Namespace, str, int] = field(repr=False, compare=False)
    needs: Mapping[str, frozenset[float | str]] = field(default_factory=dict, repr=False, compare=False)

    def evaluate(self, groups: Groups) -> Any:
        return self.node.value(groups)

    def reader(self, name: str) -> Node:
        """Reads one of its names."""
        namespace = self.origin[0]
        return reading(namespace.address(name), namespace.describe(name).type)

    def values(self, groups: Groups) -> dict[str, Value]:
        """Every name used, with its value there: the evidence for the outcome."""
        return {name: self.reader(name).value(groups) for name in self.names}

    def __reduce__(self) -> tuple[Any, ...]:  # nodes are not made to be pickled: compile again on the other side
        return compile_expression, (self.text, *self.origin)


def compile_expression(text: str, namespace: Namespace, file: str, line: int, wants: Type | None = None) -> Expression:
    """Compiles ``text``; names and types are those of ``namespace``, ``wants`` the type it must have.

    Raises RuleError with every problem found, each with its column, counted from 1.
    """
    source = Source(text, file, line)
    tree = source.parse()
    compiler = _Compiler(source, namespace)
    part = _WRONG if tree is None else compiler.part(tree, 0)
    if wants and part.type not in (None, wants) and (part.type, wants) != ("word", "text"):
        source.wrong(0, f"{_A[wants]} is wanted here; this gives {_A[part.type]}:", source.text)
    if source.problems or part.type is None:
        raise RuleError(source.problems)
    names = tuple(dict.fromkeys(compiler.names))
    return Expression(text, part.type, names, part.allowed, part.node, (namespace, file, line), part.needs)


class _Part(NamedTuple):
    """A compiled piece. ``type`` is None where it is wrong, and fits everywhere: one slip, one problem."""

    node: Node
    type: Type | None
    allowed: tuple[str, ...] = ()
    literal: float | str | None = None
    named: Named | None = None
    needs: Mapping[str, frozenset[float | str]] = {}


_WRONG = _Part(Node(), None)


class _Compiler:
    """Turns the syntax tree of one source into nodes, checking types on the way."""

    def __init__(self, source: Source, namespace: Namespace) -> None:
        self.source, self.namespace = source, namespace
        self.names: list[str] = []
        self.compilers: dict[type, Callable[[Any, int], _Part]] = {
            ast.Constant: self.constant, ast.Name: self.name, ast.Attribute: self.name, ast.Call: self.call,
            ast.BoolOp: self.logic, ast.UnaryOp: self.unary, ast.BinOp: self.binary,
            ast.Compare: self.comparison, ast.IfExp: self.conditional,
        }  # fmt: skip

    def wrong(self, at: ast.expr, message: str, value: str | None = None, allowed: Iterable[str] = ()) -> _Part:
        self.source.wrong(at, message, value, allowed)
        return _WRONG

    def part(self, node: ast.expr, depth: int) -> _Part:
        if depth > _DEEPEST:
            return self.wrong(node, "nested too deep from")
        compiler = self.compilers.get(type(node))
        if compiler is None:
            return self.wrong(node, _REFUSED.get(type(node), _ELSEWHERE))
        return compiler(node, depth + 1)

    def typed(self, node: ast.expr, wanted: Type, where: str, depth: int) -> _Part:
        """The part, which must be of the wanted type ``where`` it stands."""
        part = self.part(node, depth)
        if part.type is None or part.type == wanted:
            return part
        return self.wrong(node, f"{where} needs {_A[wanted]}; this is {_A[part.type]}:")

    def constant(self, node: ast.Constant, depth: int) -> _Part:
        value = node.value
        if isinstance(value, str):
            return _Part(Constant(value), "word", (value,), value)
        if isinstance(value, bool):
            return self.wrong(node, "write the name of a flag instead of")
        if value is None:
            return self.wrong(node, "ask for has(name) instead of")
        if not isinstance(value, int | float):
            return self.wrong(node, _ELSEWHERE)
        return self.number(float(value)) if value <= _LARGEST else self.wrong(node, "number too large:")

    def number(self, value: float) -> _Part:
        return _Part(Constant(value), "number", (), value)

    def name(self, node: ast.Name | ast.Attribute, depth: int) -> _Part:
        named = self.known(node)
        if named is None:
            return _WRONG
        return _Part(reading(self.namespace.address(named.name), named.type), named.type, named.allowed, None, named)

    def known(self, node: ast.expr) -> Named | None:
        """What a name stands for; None, and a problem noted, where nothing is known by it."""
        dotted, owner = "", node
        while isinstance(owner, ast.Attribute):
            dotted, owner = f".{owner.attr}{dotted}", owner.value
        if not isinstance(owner, ast.Name):
            self.wrong(node, "a name is needed instead of")
            return None
        dotted = owner.id + dotted
        named = self.namespace.get(dotted)
        if named is None:
            group, _, last = dotted.rpartition(".")
            near = self.namespace.names(group) if group else ()
            groups = tuple(f"{each}." for each in self.namespace.groups() if each)
            near = near or self.namespace.names("") + groups
            self.source.wrong(node, "unknown name", dotted, near, self.meant(dotted, group, last))
        else:
            self.names.append(dotted)
        return named

    def meant(self, dotted: str, group: str, last: str) -> str | None:
        """The known name most like an unknown one: of its group, of another, or of none."""
        every = self.namespace.names()
        tails = [name.rpartition(".")[2] for name in self.namespace.names(group)]
        if tail := nearest(last, tails):
            return f"{group}.{tail}" if group else tail
        same = [name for name in every if name.rpartition(".")[2] == last]
        return nearest(dotted, same or every) or next(iter(same), None)

    def call(self, node: ast.Call, depth: int) -> _Part:
        name = node.func.id if isinstance(node.func, ast.Name) else ""
        if name == "has" and len(node.args) == 1 and not node.keywords:
            named = self.known(node.args[0])
            if named is None:
                return _Part(_WRONG.node, "flag")
            return _Part(presence(self.namespace.address(named.name), named.type), "flag")
        if name == "has":
            return self.wrong(node, "has takes 1 name:")
        if name not in FUNCTIONS:
            return self.wrong(node.func, "unknown function", allowed=sorted([*FUNCTIONS, "has"]))
        fewest, most, function = FUNCTIONS[name]
        if node.keywords or not fewest <= len(node.args) <= most:
            count = f"{fewest} to {most}" if fewest < most else f"{most}"
            return self.wrong(node, f"{name} takes {count} {'value' if most == 1 else 'values'}:")
        parts = [self.typed(arg, "number", name, depth) for arg in node.args]
        if name in ("ramp", "clamp"):
            lo, hi = parts[1].literal, parts[2].literal
            if isinstance(lo, float) and isinstance(hi, float):
                if name == "clamp" and lo > hi:
                    return self.wrong(node, "clamp takes the lower bound first:")
                if lo == hi:
                    return self.wrong(node, f"{name} takes two different bounds:")
                if name == "ramp":
                    return _Part(Ramp(parts[0].node, lo, hi), "number")
        return _Part(Function(function, [part.node for part in parts]), "number")

    def logic(self, node: ast.BoolOp, depth: int) -> _Part:
        word = "and" if isinstance(node.op, ast.And) else "or"
        parts, work = [], []
        for value in node.values:
            known = len(self.names)
            parts.append(self.typed(value, "flag", word, depth))
            work.append(sum(self.namespace.address(name).field < 0 for name in self.names[known:]))
        # What is read off is asked before what has to be worked out, which then need not be: the outcome is the same.
        nodes = [parts[n].node for n in sorted(range(len(parts)), key=work.__getitem__)]
        if word == "or":
            return _Part(joined(Either, nodes), "flag")
        needs: dict[str, frozenset[float | str]] = {}
        for part in parts:
            for name, words in part.needs.items():
                needs[name] = words & needs.get(name, words)
        return _Part(joined(Both, nodes), "flag", needs=needs)

    def unary(self, node: ast.UnaryOp, depth: int) -> _Part:
        if isinstance(node.op, ast.Not):
            return _Part(Not(self.typed(node.operand, "flag", "not", depth).node), "flag")
        if isinstance(node.op, ast.Invert):
            return self.wrong(node, "write not instead of ~ in")
        part = self.typed(node.operand, "number", "a sign", depth)
        if isinstance(node.op, ast.UAdd) or part.type is None:
            return part
        if isinstance(part.literal, float):
            return self.number(-part.literal)
        return _Part(Function(operator.neg, [part.node]), "number")

    def binary(self, node: ast.BinOp, depth: int) -> _Part:
        operation = _ARITHMETIC.get(type(node.op))
        if operation is None:
            return self.wrong(node, "there is only + - * / and, for logic, and or not; not")
        left, right = (self.typed(side, "number", "arithmetic", depth) for side in (node.left, node.right))
        return _Part(Operation(operation, left.node, right.node), "number")

    def conditional(self, node: ast.IfExp, depth: int) -> _Part:
        test = self.typed(node.test, "flag", "if", depth)
        yes, no = self.part(node.body, depth), self.part(node.orelse, depth)
        if yes.type is None or no.type is None:
            return _WRONG
        kind = yes.type
        if yes.type != no.type:
            if {yes.type, no.type} != {"word", "text"}:
                return self.wrong(node, f"gives {_A[yes.type]} here and {_A[no.type]} there:")
            kind = "text"
        allowed = tuple(dict.fromkeys(yes.allowed + no.allowed)) if kind == "word" else ()
        return _Part(Choice(test.node, yes.node, no.node), kind, allowed)

    def comparison(self, node: ast.Compare, depth: int) -> _Part:
        if isinstance(node.ops[0], ast.In | ast.NotIn) and len(node.ops) == 1:
            return self.membership(node, depth)
        operators = [_COMPARE[type(op)] for op in node.ops if type(op) in _COMPARE]
        if len(operators) < len(node.ops):
            return self.wrong(node, "compare with < <= > >= == != or one in (...); not")
        nodes = [node.left, *node.comparators]
        parts = [self.part(each, depth) for each in nodes]
        for index, compare in enumerate(operators):
            self.comparable(nodes[index : index + 2], parts[index : index + 2], compare)
        left, literal = parts[0], parts[1].literal
        if len(operators) == 1 and isinstance(literal, str) and left.named is not None:
            return self.among(left, (literal,), operators[0] is operator.eq)
        pairs = zip(parts, operators, parts[1:], strict=False)
        return _Part(joined(Both, [Compared(one.node, compare, other.node) for one, compare, other in pairs]), "flag")

    def membership(self, node: ast.Compare, depth: int) -> _Part:
        left, choices = self.part(node.left, depth), node.comparators[0]
        items = choices.elts if isinstance(choices, ast.Tuple) else [choices]  # ("up") is no tuple to ast
        parts = [self.part(item, depth) for item in items]
        if not items:
            self.wrong(choices, "nothing to choose from in")
        for item, part in zip(items, parts, strict=True):
            if part.type is not None and part.literal is None:
                self.wrong(item, "only a number or a quoted word can be a choice; not")
            elif part.type is not None:
                self.comparable((node.left, item), (left, part), operator.eq)
        values = frozenset([part.literal for part in parts if part.literal is not None])
        return self.among(left, values, isinstance(node.ops[0], ast.In))

    def among(self, left: _Part, values: Collection[float | str], inside: bool) -> _Part:
        """Whether a value is (not) one of several; of a name, which words the condition needs it to be."""
        named = left.named if left.type != "number" else None
        needs = {named.name: frozenset(values)} if named is not None and inside else {}
        word = next(iter(values), None)
        if inside and len(values) == 1 and isinstance(word, str):
            return _Part(Is(left.node, word), "flag", needs=needs)
        return _Part(Among(left.node, values, inside), "flag", needs=needs)

    def comparable(self, nodes: Sequence[ast.expr], parts: Sequence[_Part], compare: Any) -> None:
        """Notes a problem where two neighbours of a comparison cannot be compared that way."""
        left, right = parts
        if left.type is None or right.type is None or left.type == right.type == "number":
            return
        if "flag" in (left.type, right.type):
            flag = nodes[0 if left.type == "flag" else 1]
            self.wrong(flag, "a flag stands alone or after not, and is not compared:")
        elif "number" in (left.type, right.type):
            self.wrong(nodes[1], f"{_A[left.type]} cannot be compared with {_A[right.type]}:")
        elif compare not in (operator.eq, operator.ne):
            self.wrong(nodes[1], "words are compared with ==, != or in only:")
        elif left.type == right.type == "word" and not set(left.allowed) & set(right.allowed):
            known, other = (0, 1) if right.literal is not None or left.literal is None else (1, 0)
            word = parts[other].literal
            message = f"{self.source.segment(nodes[known])} is never"
            self.wrong(nodes[other], message, None if word is None else str(word), parts[known].allowed)
