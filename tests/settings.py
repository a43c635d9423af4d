"""Settings for tests: the product's own on an SQLite file in a folder of their own, without what only costs time."""

import atexit
import os
import shutil
import tempfile

FOLDER = tempfile.mkdtemp(prefix="atestat-test-")
OWNER = os.getpid()
os.environ["VAR_DIR"] = FOLDER
for name in ("DATABASE_URL", "BROKER_URL", "SECRET_KEY", "ALLOWED_HOSTS", "SITE_URL", "STORAGE_DIR", "EMAIL_HOST"):
    os.environ.pop(name, None)

from qms.project.settings import *  # noqa: E402, F403
from qms.project.settings import INSTALLED_APPS, SQLITE, STORAGES, VAR_DIR  # noqa: E402

INSTALLED_APPS = [*INSTALLED_APPS, "tests.engine.toyapp"]

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = STORAGES | {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
VAR_DIR.joinpath("static").mkdir()
UNSYNCED = SQLITE["OPTIONS"]["init_command"].replace("synchronous=FULL", "synchronous=OFF")
DATABASES = {
    "default": SQLITE
    | {"OPTIONS": SQLITE["OPTIONS"] | {"init_command": UNSYNCED}, "TEST": {"NAME": str(VAR_DIR / "test.sqlite3")}}
}


@atexit.register
def _clear_away() -> None:
    if os.getpid() == OWNER:
        shutil.rmtree(FOLDER, ignore_errors=True)
