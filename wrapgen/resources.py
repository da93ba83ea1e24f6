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
    checkout = Path(__file__).resolve().parent.parent
    # setup.cfg tells a checkout from a site-packages that happens to have a folder named rules.
    if (checkout / "setup.cfg").is_file() and (checkout / "rules").is_dir():
        return checkout / "rules"
    spec = find_spec("wrapgen_rules")
    if spec is None or not spec.submodule_search_locations:
        raise FileNotFoundError("the rule files are not installed: wrapgen was built without wrapgen_rules")
    return Path(spec.submodule_search_locations[0])
