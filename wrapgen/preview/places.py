"""Where in a JSON text a problem stands: JSON pointers to lines, for a code editor."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple

import orjson
import yaml

from wrapgen.errors import Problem

_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class Fault(NamedTuple):
    """A problem at a line of the text, from 1; ``column`` 0 where the whole line is meant."""

    line: int
    column: int
    message: str
    severity: str = "error"

    def to_dict(self) -> dict[str, Any]:
        return self._asdict()


def broken(text: str) -> Fault | None:
    """Where ``text`` ends to be JSON; None where it is."""
    try:
        orjson.loads(text)
    except orjson.JSONDecodeError as error:
        return Fault(error.lineno, error.colno, f"This is not JSON: {error.msg}.")
    return None


def placed(text: str, problems: Iterable[Problem]) -> tuple[Fault, ...]:
    """The problems of a JSON text at the lines of what they point to, or of the nearest part of it that is there."""
    try:
        # JSON is YAML but for its tabs, and YAML's parser says where each value stands.
        root = yaml.compose(text.replace("\t", " "), Loader=_LOADER)
    except yaml.YAMLError:
        root = None
    return tuple(_placed(root, problem) for problem in problems)


def _placed(root: Any, problem: Problem) -> Fault:
    mark = _find(root, problem.pointer)
    message = problem.message + (f"; nearest: {problem.nearest}" if problem.nearest else "")
    if problem.allowed and not problem.nearest and len(problem.allowed) <= 12:
        message += f"; allowed: {', '.join(map(str, problem.allowed))}"
    severity = "warning" if problem.severity == "hold" else "error"
    return Fault(
        *mark, message[:1].upper() + message[1:] if not problem.pointer else f"{problem.pointer}: {message}", severity
    )


def _find(node: Any, pointer: str) -> tuple[int, int]:
    at = (node.start_mark.line + 1, node.start_mark.column + 1) if node is not None else (1, 1)
    for token in pointer.split("/")[1:]:
        token = token.replace("~1", "/").replace("~0", "~")
        if isinstance(node, yaml.MappingNode):
            pair = next(((key, value) for key, value in node.value if key.value == token), None)
            if pair is None:
                break
            at, node = (pair[0].start_mark.line + 1, pair[0].start_mark.column + 1), pair[1]
        elif isinstance(node, yaml.SequenceNode) and token.isdecimal() and int(token) < len(node.value):
            node = node.value[int(token)]
            at = (node.start_mark.line + 1, node.start_mark.column + 1)
        else:
            break
    return at
