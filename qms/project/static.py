"""Which static files are served: our own apps' and the few named files of pinned front-end packages.

viewflow alone brings 49 MB that no page uses, so apps and packages are listed, never taken whole.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import AppDirectoriesFinder, BaseFinder
from django.contrib.staticfiles.storage import HashedFilesMixin
from django.core.checks import CheckMessage
from django.core.files.storage import FileSystemStorage, Storage
from whitenoise.storage import CompressedManifestStaticFilesStorage

FOUND_IN, SOURCE_MAP = HashedFilesMixin.patterns, "sourceMappingURL"
PACKAGES = Path(settings.BASE_DIR) / "node_modules"
FRONT_END = {
    "vendor/tabler.min.css": "@tabler/core/dist/css/tabler.min.css",
    "vendor/tabler.min.js": "@tabler/core/dist/js/tabler.min.js",
    "vendor/idb.js": "idb/build/index.js",
}


class OurAppsFinder(AppDirectoriesFinder):
    """The static folders of our own apps and of django-htmx (its copy of htmx 2)."""

    def __init__(self, app_names: list[str] | None = None, *args: Any, **kwargs: Any) -> None:
        super().__init__([*settings.OUR_APPS, "django_htmx"], *args, **kwargs)


class FrontEndFinder(BaseFinder):
    """The files of FRONT_END, under the names on the left."""

    def check(self, **kwargs: Any) -> list[CheckMessage]:
        return []

    def find(self, path: str, find_all: bool = False, **kwargs: Any) -> Any:
        file = PACKAGES / FRONT_END[path] if path in FRONT_END else None
        found = [str(file)] if file and file.is_file() else []
        return found if find_all or kwargs.get("all") else (found[0] if found else [])

    def list(self, ignore_patterns: Any) -> Iterator[tuple[str, Storage]]:
        for name, source in FRONT_END.items():
            if (PACKAGES / source).is_file():
                yield name, _OneFile(PACKAGES / source)


class _OneFile(FileSystemStorage):
    """A storage that knows one file, whatever name it is asked for."""

    prefix = ""

    def __init__(self, file: Path) -> None:
        super().__init__(location=str(file.parent))
        self._file = str(file)

    def path(self, name: str) -> str:
        return self._file


class StaticFiles(CompressedManifestStaticFilesStorage):  # type: ignore[misc]  # whitenoise has no type hints
    """Names with a hash of the content, compressed beforehand; source maps are neither served nor looked for."""

    patterns = tuple((glob, tuple(rule for rule in rules if SOURCE_MAP not in str(rule))) for glob, rules in FOUND_IN)
