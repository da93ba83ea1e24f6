"""Reads the text of a condition into a syntax tree, and says in which column something is wrong."""

from __future__ import annotations

import ast
import threading
import warnings
from collections.abc import Iterable

from wrapgen.errors import nearest
from wrapgen.rulepack.errors import RuleProblem

_LONGEST = 1000  # characters
_SPACES = dict.fromkeys(map(ord, "\n\r\t\f\v"), " ")  # a condition may be folded over lines in the file
_READING = threading.RLock()
_SLIPS = (
    ("=>", ">="),
    ("=<", "<="),
    ("&&", "and"),
    ("||", "or"),
    ("AND", "and"),
    ("OR", "or"),
    ("NOT", "not"),
    ("!", "not"),
)


def tree_of(text: str) -> ast.Expression:
    """The syntax tree of an expression. Raises what `ast.parse` does where there is none.

    By one thread at a time: until Python 3.12 all of them share the count of how deep a tree is, and where the garbage
    collector lets another thread in between, both end in a SystemError (CPython issue 106905). Nor can the filter of
    warnings be set by two at once.
    """
    with _READING, warnings.catch_warnings():
        for kind in (SyntaxWarning, DeprecationWarning):  # "1or x" is only a warning, and a slip
            warnings.simplefilter("error", kind)  # what the collector finds meanwhile, as a file left open, is none
        return ast.parse(text, mode="eval")


class Source:
    """One condition of a rule file; gathers what is wrong with it."""

    def __init__(self, text: str, file: str, line: int) -> None:
        spaced = text.translate(_SPACES)
        self.text = spaced.strip()
        self.problems: list[RuleProblem] = []
        self._lead = len(spaced) - len(spaced.lstrip())
        self._bytes = self.text.encode("utf-8", "replace")  # ast counts its columns in bytes
        self._file, self._line = file, line

    def segment(self, node: ast.expr) -> str:
        """The characters that a node was read from."""
        return self._bytes[node.col_offset : node.end_col_offset].decode()

    def wrong(
        self,
        at: int | ast.expr,
        message: str,
        value: str | None = None,
        allowed: Iterable[str] = (),
        guess: str | None = None,
    ) -> None:
        """Notes a problem at a node, or that many characters into the text.

        ``value`` is what is wrong (of a node: its characters, unless given); ``guess`` what was meant
        (the nearest of the allowed, unless given).
        """
        if isinstance(at, ast.expr):
            value = self.segment(at) if value is None else value
            at = len(self._bytes[: at.col_offset].decode())
        message = f"column {self._lead + at + 1}: {message}"
        names = tuple(allowed)
        guess = guess or nearest(value or "", names)
        self.problems.append(RuleProblem(self._file, self._line, message, value or "", names, guess))

    def parse(self) -> ast.expr | None:
        """The syntax tree; None, and a problem noted, where there is none."""
        hiding = [at for at in map(self.text.find, "#\\") if at >= 0]  # a comment, an escape
        if not self.text:
            self.wrong(0, "there is no condition here")
        elif len(self.text) > _LONGEST:
            self.wrong(_LONGEST, f"longer than {_LONGEST} characters; split it into several rules")
        elif hiding:
            self.wrong(min(hiding), "no place in a condition for", self.text[min(hiding)])
        else:
            try:
                return tree_of(self.text).body
            except SyntaxError as error:
                self._unreadable(error)
            except (ValueError, RecursionError, MemoryError):
                self.wrong(0, "cannot be read: too deep, or an impossible character")
        return None

    def _unreadable(self, error: SyntaxError) -> None:
        if not error.offset:
            self.wrong(len(self.text), "breaks off here")
            return
        at = min(error.offset - 1, len(self.text))
        for slip, remedy in _SLIPS:
            if slip in self.text[max(0, at - 1) : at + len(slip)]:
                self.wrong(at, f"write {remedy} instead of", slip)
                return
        if self.text[at : at + 1] == "=" or "'=='" in error.msg:
            self.wrong(at, "write == to compare")
        else:
            self.wrong(at, f"cannot be read: {error.msg.partition(' (')[0].partition('. Perhaps')[0]}")
