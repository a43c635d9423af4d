"""Addresses of the checklist of an inspection."""

from django.urls import path

from workflows.inspections import views

app_name = "inspections"
urlpatterns = [
    path("<uuid:uid>/checklist", views.checklist_page, name="checklist"),
    path("<uuid:uid>/checklist/<str:item>", views.answer_page, name="answer"),
]
