"""Addresses of the inbox."""

from django.urls import path

from workflows.engine import views

urlpatterns = [
    path("", views.inbox, name="inbox"),
    path("tasks/", views.inbox, name="tasks"),
    path("tasks/<uuid:uid>/hand-over", views.hand_over_page, name="hand_over"),
]
