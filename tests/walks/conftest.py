"""No test writes keys or checkpoints anywhere but in its own folder."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest


@pytest.fixture(autouse=True)
def own_files(tmp_path: Path, settings: Any) -> None:
    settings.SIGNING_KEY_FILE = tmp_path / "keys" / "trail.pem"
    settings.CHECKPOINT_FILE = tmp_path / "elsewhere" / "trail.txt"
