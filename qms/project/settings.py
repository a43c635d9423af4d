"""Settings. With no variable set it is a trial installation on SQLite; with DATABASE_URL it is production.

docs/installation.md lists the variables; `manage.py doctor` says what is missing. A new app: one line in OUR_APPS.
"""

from pathlib import Path
from typing import Any

import dj_database_url
from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from qms.project import environment as env

BASE_DIR = Path(__file__).resolve().parents[2]
VAR_DIR = Path(env.text("VAR_DIR", str(BASE_DIR / "var"))).resolve()
STORAGE_DIR = Path(env.text("STORAGE_DIR", str(VAR_DIR / "files"))).resolve()

# What kind of installation this is
DATABASE_URL = env.text("DATABASE_URL")
PRODUCTION = env.flag("PRODUCTION", default=bool(DATABASE_URL))
DEBUG = env.flag("DEBUG")
SECRET_KEY = env.secret_key(PRODUCTION, VAR_DIR / "secret_key")
ALLOWED_HOSTS = env.words("ALLOWED_HOSTS", "" if PRODUCTION else "localhost,127.0.0.1,[::1]")
HOME = f"https://{ALLOWED_HOSTS[0]}" if PRODUCTION and ALLOWED_HOSTS else "http://127.0.0.1:8000"
SITE_URL = env.text("SITE_URL", HOME).rstrip("/")

# Apps, one line each, ground first
OUR_APPS = [
    "qms.project",
    "qms.face",
    "qms.people",
    "qms.calendar",
    "qms.standards",
    "qms.lifecycle",
    "qms.records",
    "qms.trail",
    "qms.signatures",
    "qms.evidence",
    "qms.notices",
    "qms.comments",
    "qms.reports",
    "procedures.checklists",
    "procedures.documents",
    "workflows.engine",
    "workflows.approvals",
    "workflows.inspections",
    "workflows.nonconformities",
    "workflows.actions",
    "qms.api",
]
INSTALLED_APPS = [
    *OUR_APPS,
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django.forms",
    "allauth",
    "allauth.account",
    "django_htmx",
    "django_tables2",
    "django_filters",
    "template_partials",
    "rest_framework",
    "drf_spectacular",
    "viewflow",
    "viewflow.workflow",
]
VIEWFLOW = {"AUTOREGISTER": False}
# viewflow's abstract task declares a generic key to a permission's object; ours leaves its columns out
SILENCED_SYSTEM_CHECKS = ["contenttypes.E001", "contenttypes.E002"]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "qms.people.middleware.ActingPerson",
    "qms.people.middleware.PermissionTable",
    "qms.trail.click.OneClick",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
]
ROOT_URLCONF = "qms.project.urls"
WSGI_APPLICATION = "qms.project.wsgi.application"

TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "qms.face.roof.roof",
            ]
        },
    }
]
FORM_RENDERER = "qms.face.renderer.FaceRenderer"

# Database: one writer at a time on SQLite, so transactions stay short and requests are not wrapped in one
SQLITE: dict[str, Any] = {
    "ENGINE": "django.db.backends.sqlite3",
    "NAME": VAR_DIR / "atestat.sqlite3",
    "OPTIONS": {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;",
    },
}
POSTGRESQL_OPTIONS = {"options": "-c lock_timeout=20s -c idle_in_transaction_session_timeout=120s"}


def database(url: str) -> dict[str, Any]:
    """Connection settings of a database address: the two engines we hold, with the options they need."""
    found: dict[str, Any] = dict(dj_database_url.parse(url, conn_max_age=600, conn_health_checks=True))
    if "sqlite" in found["ENGINE"]:
        return SQLITE | {"NAME": found["NAME"]}
    return found | {"OPTIONS": POSTGRESQL_OPTIONS | found.get("OPTIONS", {})}


DATABASES = {"default": database(DATABASE_URL) if DATABASE_URL else SQLITE}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Background work: messages are wake-ups, so even a broker of plain files is safe
BROKER_URL = env.text("BROKER_URL")
BROKER_DIR = VAR_DIR / "broker"
CELERY_BROKER_TRANSPORT_OPTIONS: dict[str, Any]
if BROKER_URL:
    CELERY_BROKER_URL = BROKER_URL
    CELERY_BROKER_TRANSPORT_OPTIONS = {"visibility_timeout": 7200}
else:
    BROKER_DIR.mkdir(parents=True, exist_ok=True)
    CELERY_BROKER_TRANSPORT = "qms.project.folder_broker.Transport"
    CELERY_BROKER_TRANSPORT_OPTIONS = {"folder": str(BROKER_DIR), "polling_interval": 0.2}
    CELERY_WORKER_ENABLE_REMOTE_CONTROL = False
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_WORKER_SOFT_SHUTDOWN_TIMEOUT = 5
CELERY_TIMEZONE = "UTC"
CELERY_BEAT_SCHEDULER = "celery.beat:Scheduler"
CELERY_BEAT_SCHEDULE: dict[str, dict[str, Any]] = {
    "take the clock's steps, remind": {"task": "workflows.engine.tasks.fire_due", "schedule": 60.0},
    "do what is queued": {"task": "qms.notices.tasks.run_outbox", "schedule": 20.0},
    "seal the trail": {"task": "qms.trail.tasks.seal_trail", "schedule": 10.0},
    "hash stored files again": {"task": "qms.evidence.tasks.look_at_a_shelf", "schedule": 3600.0},
    "seal what was missed": {"task": "qms.trail.tasks.sweep_trail", "schedule": 3600.0},
}

CACHE_URL = env.text("CACHE_URL", BROKER_URL if BROKER_URL.startswith(("redis:", "rediss:")) else "")
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": CACHE_URL}
    if CACHE_URL
    else {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}
}

# People and login: e-mail and password, limited in rate, no sign-up of one's own
AUTH_USER_MODEL = "people.Person"
AUTHENTICATION_BACKENDS = ["qms.people.backends.WithBody"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "qms.project.login.NoSignUp"
ACCOUNT_FORMS = {"login": "qms.project.entrance.Entrance"}
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_REDIRECT_URL = LOGIN_URL
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_RATE_LIMITS = {"login": "30/m/ip", "login_failed": "20/m/ip,5/5m/key", "reset_password": "20/m/ip,5/m/key"}
SESSION_COOKIE_AGE = 12 * 60 * 60

# Transport and browser security
HTTPS = SITE_URL.startswith("https://")
CSRF_TRUSTED_ORIGINS = env.words("CSRF_TRUSTED_ORIGINS", SITE_URL if PRODUCTION else "")
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if env.flag("BEHIND_PROXY") else None
SECURE_SSL_REDIRECT = HTTPS and env.flag("SSL_REDIRECT", default=PRODUCTION)
SECURE_REDIRECT_EXEMPT = [r"^healthz$"]
SECURE_HSTS_SECONDS = env.number("HSTS_SECONDS", 31_536_000 if PRODUCTION and HTTPS else 0)
SECURE_HSTS_INCLUDE_SUBDOMAINS = env.flag("HSTS_INCLUDE_SUBDOMAINS")
SECURE_HSTS_PRELOAD = env.flag("HSTS_PRELOAD")
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_HTTPONLY = True
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:", "blob:"],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "report-uri": ["/csp-report"],
    }
}

# Languages and time
LANGUAGE_CODE = "en"
LANGUAGES = [("en", _("English")), ("ro", _("Romanian")), ("bg", _("Bulgarian"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
FORMAT_MODULE_PATH = ["qms.project.formats"]
USE_I18N = True
USE_THOUSAND_SEPARATOR = False
USE_TZ = True
TIME_ZONE = env.text("TIME_ZONE", "Europe/Bucharest")

# Files
STATIC_URL = "static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_FINDERS = [
    "qms.project.static.OurAppsFinder",
    "qms.project.static.FrontEndFinder",
]
WHITENOISE_MAX_AGE = 3600
MEDIA_ROOT = STORAGE_DIR
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": STORAGE_DIR}},
    "staticfiles": {"BACKEND": "qms.project.static.StaticFiles"},
}
FILE_UPLOAD_HANDLERS = [
    "qms.evidence.uploads.Limited",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]
DATA_UPLOAD_MAX_MEMORY_SIZE = 10 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000

# Mail: printed to the console until a host is set
EMAIL_HOST = env.text("EMAIL_HOST")
EMAIL_PORT = env.number("EMAIL_PORT", 587)
EMAIL_HOST_USER = env.text("EMAIL_HOST_USER")
EMAIL_HOST_PASSWORD = env.text("EMAIL_HOST_PASSWORD")
EMAIL_USE_TLS = env.flag("EMAIL_USE_TLS", default=EMAIL_PORT == 587)
EMAIL_USE_SSL = env.flag("EMAIL_USE_SSL", default=EMAIL_PORT == 465)
EMAIL_TIMEOUT = 20
EMAIL_BACKEND = f"django.core.mail.backends.{'smtp' if EMAIL_HOST else 'console'}.EmailBackend"
DEFAULT_FROM_EMAIL = SERVER_EMAIL = env.text("EMAIL_FROM", "atestat@localhost")

# Trail: the key stays outside the database, checkpoints go to a second place
SIGNING_KEY_FILE = Path(env.text("SIGNING_KEY_FILE", str(VAR_DIR / "keys" / "trail.pem")))
CHECKPOINT_FILE = Path(env.text("CHECKPOINT_FILE", str(VAR_DIR / "checkpoints" / "trail.txt")))
TRAIL_ORIGIN = env.text("TRAIL_ORIGIN", "atestat")

# Interface for programs
REST_FRAMEWORK: dict[str, Any] = {
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"],
}
SPECTACULAR_SETTINGS = {"TITLE": "Atestat", "VERSION": "1", "OAS_VERSION": "3.1.0", "SERVE_INCLUDE_SCHEMA": False}

LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s: %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": env.text("LOG_LEVEL", "WARNING")},
    "loggers": {"django": {"handlers": ["console"], "level": "WARNING", "propagate": False}},
}
