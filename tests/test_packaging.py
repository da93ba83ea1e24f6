from __future__ import annotations

import ast
import configparser
import shutil
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest

from wrapgen.resources import default_rules_directory
from wrapgen.version import __version__

ROOT = Path(__file__).parents[1]
CARRIED = {".py", ".yaml", ".yml", ".csv", ".json", ".txt", ".md", ".typed", ".html", ".js", ".css"}


@pytest.fixture(scope="module")
def settings() -> configparser.ConfigParser:
    parser = configparser.ConfigParser()
    parser.read(ROOT / "setup.cfg", "utf-8")
    return parser


def folders(top: str) -> set[str]:
    """``top`` and the folders under it that have an ``__init__.py``, dotted."""
    found = (path.parent.relative_to(ROOT) for path in (ROOT / top).rglob("__init__.py"))
    return {".".join(path.parts) for path in found}


def test_every_package_and_rules_folder_is_listed(settings: configparser.ConfigParser) -> None:
    listed = set(settings["options"]["packages"].split())
    rules = {name.replace("rules", "wrapgen_rules", 1) for name in folders("rules")}
    # wrapgen itself is listed even while it has no __init__.py of its own.
    assert listed == folders("wrapgen") | rules | {"wrapgen", "wrapgen_seeds"}


def test_what_setup_py_compiles_and_leaves_is_there() -> None:
    tree = ast.parse((ROOT / "setup.py").read_text("utf-8"))
    lists = {
        node.targets[0].id: ast.literal_eval(node.value)
        for node in tree.body
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name)
    }
    for module in (*lists["MODULES"], *lists["READ"], *lists["APART"]):
        assert (ROOT / "wrapgen" / f"{module}.py").is_file(), module
    for room in lists["ROOMS"]:
        assert (ROOT / "wrapgen" / room / "__init__.py").is_file(), room


def test_every_folder_of_the_rules_is_a_package() -> None:
    bare = [
        path.name
        for path in (ROOT / "rules").rglob("*")
        if path.is_dir() and path.name != "__pycache__" and not (path / "__init__.py").exists()
    ]
    assert bare == []


def test_pyproject_holds_only_the_build_system() -> None:
    assert list(tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))) == ["build-system"]


def test_the_lock_files_hold_hashes_and_no_address() -> None:
    for name in ("requirements.lock", "requirements-serve.lock", "requirements-compile.lock"):
        text = (ROOT / name).read_text("utf-8")
        assert "--hash=sha256:" in text
        assert not any(mark in text for mark in ("://", "--index", "--extra-index", "--find-links"))


@pytest.mark.parametrize("extra", ["test", "serve", "compile"])
def test_the_lock_files_hold_every_dependency(settings: configparser.ConfigParser, extra: str) -> None:
    lock = "requirements.lock" if extra == "test" else f"requirements-{extra}.lock"
    locked = {line.split("==")[0] for line in (ROOT / lock).read_text("utf-8").splitlines() if "==" in line}
    wanted = settings["options"]["install_requires"] + settings["options.extras_require"][extra]
    for requirement in wanted.split():
        name = requirement.split(">")[0].split("=")[0].lower()
        assert name in locked


def test_continuous_integration_runs_what_the_readme_says() -> None:
    assert "bash .ci/test" in (ROOT / ".ci" / "run").read_text("utf-8")
    assert "\nbash .ci/test\n" in (ROOT / "README.md").read_text("utf-8")


def test_the_rules_of_a_checkout_are_its_own() -> None:
    assert default_rules_directory() == ROOT / "rules"


def test_a_wheel_carries_every_module_and_rule_file_and_finds_them(tmp_path: Path) -> None:
    source = tmp_path / "source"
    source.mkdir()
    for name in ("wrapgen", "rules", "seeds"):
        shutil.copytree(ROOT / name, source / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("setup.cfg", "pyproject.toml", "README.md", "LICENSE", "NOTICE"):
        shutil.copy(ROOT / name, source)
    build = "from setuptools import build_meta; print(build_meta.build_wheel('.'))"
    done = subprocess.run([sys.executable, "-c", build], cwd=source, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    wheel = source / done.stdout.splitlines()[-1]
    assert wheel.name == f"wrapgen-{__version__}-py3-none-any.whl"

    names = set(zipfile.ZipFile(wheel).namelist())
    for top, package in (("wrapgen", "wrapgen"), ("rules", "wrapgen_rules"), ("seeds", "wrapgen_seeds")):
        for path in (source / top).rglob("*"):
            if path.is_file() and (path.suffix in CARRIED or "vendor" in path.parts):
                assert f"{package}/{path.relative_to(source / top).as_posix()}" in names
    entry_points = f"wrapgen-{__version__}.dist-info/entry_points.txt"
    assert b"wrapgen = wrapgen.cli:main" in zipfile.ZipFile(wheel).read(entry_points)

    site = tmp_path / "site"
    zipfile.ZipFile(wheel).extractall(site)
    ask = (
        f"import sys; sys.path.insert(0, {str(site)!r});"
        "from wrapgen.resources import default_rules_directory as d; print(d())"
    )
    found = subprocess.run(
        [sys.executable, "-P", "-S", "-c", ask], cwd=tmp_path, env={}, capture_output=True, text=True
    )
    assert found.stdout.strip() == str(site / "wrapgen_rules"), found.stderr
