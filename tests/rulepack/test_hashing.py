from __future__ import annotations

from pathlib import Path

from wrapgen.rulepack.hashing import hash_files, pack_hash, rule_files


def _write(root: Path, files: dict[str, bytes]) -> Path:
    for name, content in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_bytes(content)
    return root


FILES = {"angles/a.yaml": b"x: 1\n", "lexicon/b.yaml": b"y: 2\n"}


def test_the_hash_is_of_names_and_bytes_and_of_nothing_else(tmp_path: Path) -> None:
    first = _write(tmp_path / "first", FILES)
    second = _write(tmp_path / "second", dict(reversed(FILES.items())) | {"notes.txt": b"no rule"})
    assert pack_hash(first) == pack_hash(str(second)) == hash_files(FILES.items())
    assert len(pack_hash(first)) == 64


def test_every_change_of_a_rule_file_changes_the_hash(tmp_path: Path) -> None:
    variants = [
        FILES,
        FILES | {"angles/a.yaml": b"x: 2\n"},
        FILES | {"angles/a.yaml": b"x: 1\r\n"},
        FILES | {"angles/c.yaml": b""},
        {"angles/a.yaml": b"x: 1\n", "lexicon/c.yaml": b"y: 2\n"},
        {"angles/a.yaml": b"x: 1\ny: 2\n", "lexicon/b.yaml": b""},
        {},
    ]
    hashes = {pack_hash(_write(tmp_path / str(n), files)) for n, files in enumerate(variants[:-1])}
    assert len(hashes | {hash_files([])}) == len(variants)


def test_bytes_cannot_move_between_name_and_content() -> None:
    assert hash_files([("ab", b"c")]) != hash_files([("a", b"bc")])


def test_rule_files_are_found_at_any_depth_in_order_of_name(tmp_path: Path) -> None:
    _write(tmp_path, {"z.yaml": b"", "a/b/c.yaml": b"", "a/d.yml": b"", "a.yaml": b""})
    (tmp_path / "folder.yaml").mkdir()
    assert [name for name, _ in rule_files(tmp_path)] == ["a.yaml", "a/b/c.yaml", "z.yaml"]
