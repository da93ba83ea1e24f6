"""Rewrites the golden articles and prints what changed: ``python -m tests.golden.update``."""

from __future__ import annotations

import difflib
import sys

from tests.golden.articles import FOLDER, GOLDEN, path_of, text_of


def main() -> None:
    kept = {path_of(*each) for each in GOLDEN}
    for stale in sorted(set(FOLDER.glob("*.txt")) - kept):
        print(f"{stale.name} is no longer kept")
        stale.unlink()
    for each in GOLDEN:
        path, now = path_of(*each), text_of(*each)
        before = path.read_text(encoding="utf-8") if path.exists() else ""
        lines = difflib.unified_diff(before.splitlines(), now.splitlines(), path.name, path.name, lineterm="", n=0)
        sys.stdout.writelines(f"{line}\n" for line in lines)
        if now != before:
            path.write_text(now, encoding="utf-8")


if __name__ == "__main__":
    main()
