"""Addresses of the pages on which a person keeps his tokens."""

from django.urls import path

from qms.api import pages

app_name = "tokens"
urlpatterns = [
    path("", pages.list_page, name="list"),
    path("new", pages.new_page, name="new"),
    path("<uuid:uid>/revoke", pages.revoke, name="revoke"),
]
