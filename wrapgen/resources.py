"""Where the files that ship with the engine are, in a checkout and in an installed wheel."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path


def default_rules_directory() -> Path:
    """The rule files that come with wrapgen.

    In a checkout, editable install or not, it is the top-level ``rules/``, so that an editor's
    change counts at once; an installed wheel carries the same files as the package
    ``wrapgen_rules``. Raises FileNotFoundError if there are neither.
    """
    return _folder("rules")


def example_snapshots() -> tuple[Path, ...]:
    """The snapshots to try that come with wrapgen: ``seeds/``, or the same files as the package ``wrapgen_seeds``."""
    return tuple(sorted(_folder("seeds").glob("*.json")))


def _folder(name: str) -> Path:
    checkout = Path(__file__).resolve().parent.parent
    # setup.cfg tells a checkout from a site-packages that happens to have a folder of this name.
    if (checkout / "setup.cfg").is_file() and (checkout / name).is_dir():
        return checkout / name
    spec = find_spec(f"wrapgen_{name}")
    if spec is None or not spec.submodule_search_locations:
        raise FileNotFoundError(f"the {name} are not installed: wrapgen was built without wrapgen_{name}")
    return Path(spec.submodule_search_locations[0])
