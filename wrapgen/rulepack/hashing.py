"""The rules version: one hash over the rule files, so that an article can say what wrote it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from pathlib import Path


def rule_files(directory: Path) -> list[tuple[str, Path]]:
    """Every ``*.yaml`` under ``directory`` with its relative name, ``angles/region.yaml``, sorted."""
    found = [(path.relative_to(directory).as_posix(), path) for path in directory.rglob("*.yaml")]
    return sorted((name, path) for name, path in found if path.is_file())


def hash_files(files: Iterable[tuple[str, bytes]]) -> str:
    """SHA-256, in hexadecimal, over names and contents; the order they come in does not matter.

    Each name and content is preceded by its length, so that no bytes can move from one file to
    the next, or from a name into its content, without changing the hash.
    """
    digest = hashlib.sha256()
    for name, content in sorted(files):
        encoded = name.encode("utf-8", "surrogateescape")
        digest.update(b"%d:%s%d:" % (len(encoded), encoded, len(content)))
        digest.update(content)
    return digest.hexdigest()


def pack_hash(directory: Path | str) -> str:
    """The hash of all ``*.yaml`` under a rules directory. Raises OSError where one cannot be read."""
    return hash_files((name, path.read_bytes()) for name, path in rule_files(Path(directory)))
