"""Static files: ours and the few listed of pinned packages, nothing else."""

from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from django.core.management import call_command
from pytest_django.fixtures import Settings

from qms.project.static import FRONT_END, PACKAGES


@pytest.mark.parametrize("name", FRONT_END)
def test_a_listed_file_is_found(name: str) -> None:
    assert finders.find(name) == str(PACKAGES / FRONT_END[name])


def test_an_unlisted_file_of_a_package_is_not_served() -> None:
    assert finders.find("viewflow/js/viewflow.min.js") is None
    assert finders.find("vendor/../package.json") is None


def test_collected_files_carry_a_hash_and_stay_few(tmp_path: Path, settings: Settings) -> None:
    settings.STATIC_ROOT = tmp_path
    settings.STORAGES = settings.STORAGES | {"staticfiles": {"BACKEND": "qms.project.static.StaticFiles"}}
    call_command("collectstatic", interactive=False, verbosity=0)
    assert list(tmp_path.glob("vendor/tabler.min.*.css"))
    assert sum(file.stat().st_size for file in tmp_path.rglob("*") if file.is_file()) < 20_000_000


def test_every_listed_package_is_pinned() -> None:
    lock = (Path(settings.BASE_DIR) / "package-lock.json").read_text()
    for source in FRONT_END.values():
        parts = source.split("/")
        package = "/".join(parts[:2]) if source.startswith("@") else parts[0]
        assert f'"node_modules/{package}"' in lock
