"""The roof: settings, addresses, background worker, start-up. The only package that may import everything."""

from qms.project.celery import app as celery_app

__all__ = ["celery_app"]
