"""Settings, proxy and CSRF: whether people can reach the pages, and only they."""

from collections.abc import Iterator
from urllib.parse import urlsplit

from django.conf import settings
from django.core import checks

from qms.project.doctor.finding import Finding, fail, note, ok

# Judged below with the address people use, or a choice of the administrator's own
OURS = {"security.W004", "security.W005", "security.W008", "security.W012", "security.W016", "security.W021"}


def installation() -> Iterator[Finding]:
    """What kind of installation this is, and what Django's own checks say of it."""
    kind = "production" if settings.PRODUCTION else "trial"
    found = [
        m
        for m in checks.run_checks(include_deployment_checks=settings.PRODUCTION)
        if m.id not in OURS and not m.is_silenced()
    ]
    for message in found:
        report = (
            fail if message.level >= checks.ERROR or (settings.PRODUCTION and message.level > checks.INFO) else note
        )
        yield report("settings", f"{message.msg} ({message.id})", str(message.hint or "see the message."))
    if not found:
        yield ok("settings", f"{kind} installation, Django's checks pass")
    if settings.DEBUG:
        yield fail("settings", "DEBUG shows the inside of errors to everybody.", "unset DEBUG.")


def proxy() -> Iterator[Finding]:
    """Whether the address people use is allowed, encrypted and believed."""
    site = urlsplit(settings.SITE_URL)
    if not site.hostname or site.scheme not in ("http", "https"):
        yield fail("proxy", f"SITE_URL is no address: {settings.SITE_URL}.", "set it as in https://atestat.example.org")
        return
    if not _allowed(site.hostname):
        yield fail("proxy", f"ALLOWED_HOSTS lacks {site.hostname}.", f"set ALLOWED_HOSTS={site.hostname}")
    elif site.scheme == "http" and settings.PRODUCTION:
        yield note(
            "proxy", "pages are not encrypted.", "put a TLS proxy in front and set SITE_URL to its https address."
        )
    elif site.scheme == "https" and not settings.SECURE_PROXY_SSL_HEADER:
        cure = "if it sets X-Forwarded-Proto itself, set BEHIND_PROXY=1; else pages redirect for ever."
        yield fail("proxy", "https is expected, but the proxy's word for it is not believed.", cure)
    else:
        yield ok("proxy", f"{settings.SITE_URL} is allowed")


def csrf() -> Iterator[Finding]:
    """Whether forms sent from the address people use are taken."""
    site = urlsplit(settings.SITE_URL)
    origin = f"{site.scheme}://{site.netloc}"
    if settings.PRODUCTION and origin not in settings.CSRF_TRUSTED_ORIGINS:
        yield fail("CSRF", f"forms from {origin} are refused.", f"set CSRF_TRUSTED_ORIGINS={origin} or unset it.")
    elif site.scheme == "https" and not settings.CSRF_COOKIE_SECURE:
        yield fail("CSRF", "the cookie travels unencrypted.", "set SITE_URL to the https address.")
    else:
        yield ok("CSRF", f"forms from {origin} are taken")


def _allowed(host: str) -> bool:
    names = [name.lstrip(".") for name in settings.ALLOWED_HOSTS]
    return "*" in names or host in names or any(host.endswith(f".{name}") for name in names if name)
