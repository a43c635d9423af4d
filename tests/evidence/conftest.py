from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest


@pytest.fixture(autouse=True)
def own_store(settings: Any, tmp_path: Path) -> Path:
    """A store of the test's own."""
    settings.STORAGE_DIR = tmp_path / "files"
    return tmp_path / "files"
