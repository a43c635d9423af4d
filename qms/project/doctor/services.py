"""Broker, background work, mail and clock."""

from collections.abc import Iterator
from datetime import timedelta

from django.conf import settings
from django.core import mail
from django.db import connection
from django.utils import timezone

from qms.notices.models import Job
from qms.project.doctor.finding import Finding, fail, note, ok
from qms.project.health import broker_answers
from qms.trail.models import TrailEvent

STUCK = timedelta(minutes=5)
CLOCK_SLACK = timedelta(seconds=5)


def broker() -> Iterator[Finding]:
    """Whether messages can be sent to the background worker."""
    name = settings.BROKER_URL.partition("://")[0] or "a folder"
    if broker_answers():
        yield ok("broker", f"{name} answers")
    else:
        yield fail("broker", f"{name} does not answer.", "start it, or correct BROKER_URL.")


def background() -> Iterator[Finding]:
    """Whether the background worker does its work: nothing due may lie for minutes."""
    waiting = Job.objects.filter(done_at=None, due_at__lt=timezone.now() - STUCK)
    if count := waiting.count():
        seen = f"{count} jobs have waited for more than five minutes."
        yield fail("background", seen, "start manage.py run worker and manage.py run scheduler, and read their logs.")
    else:
        yield ok("background", "nothing waits")


def letters() -> Iterator[Finding]:
    """Whether the mail server takes a connection and the login."""
    if not settings.EMAIL_HOST:
        yield note(
            "mail", "no mail is sent; it goes to the worker's log.", "set EMAIL_HOST (and EMAIL_PORT, EMAIL_FROM)."
        )
        return
    try:
        with mail.get_connection(timeout=10):
            yield ok("mail", f"{settings.EMAIL_HOST}:{settings.EMAIL_PORT} takes a connection")
    except OSError as error:  # smtplib's errors are OSErrors
        cure = "correct EMAIL_HOST, EMAIL_PORT, EMAIL_HOST_USER, EMAIL_HOST_PASSWORD or EMAIL_USE_TLS."
        yield fail("mail", f"{settings.EMAIL_HOST}:{settings.EMAIL_PORT} refused: {error}.", cure)


def clock() -> Iterator[Finding]:
    """Whether this machine's clock agrees with the database's and with the trail's last entry."""
    now = timezone.now()
    cure = "set the clock by NTP (timedatectl set-ntp true)."
    last = TrailEvent.objects.order_by("-pk").values_list("at", flat=True).first()
    if last and last > now + CLOCK_SLACK:
        yield fail("clock", f"the trail's last entry is of {last:%Y-%m-%d %H:%M:%S} UTC, after now.", cure)
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT clock_timestamp()")
            apart = abs(cursor.fetchone()[0] - timezone.now())
        if apart > CLOCK_SLACK:
            yield fail("clock", f"{apart.total_seconds():.0f} s from the database server's clock.", cure)
            return
    yield ok("clock", f"{now:%Y-%m-%d %H:%M:%S} UTC, shown in {settings.TIME_ZONE}")
