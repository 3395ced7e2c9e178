"""docs/translations.py, which finds the texts of the code: it is a script's part and lies in no package."""

import importlib.util
from pathlib import Path

_FILE = Path(__file__).resolve().parents[2] / "docs" / "translations.py"


def load():
    spec = importlib.util.spec_from_file_location("translations", _FILE)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
