"""The background worker: Celery, set up from Django's settings (names beginning with CELERY_).

Messages are wake-ups only: every job is a row in the database, and a sweep re-sends what a broker lost.
Each app's tasks.py is found by itself; its periodic tasks stand in CELERY_BEAT_SCHEDULE.
"""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "qms.project.settings")

app = Celery("atestat")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
