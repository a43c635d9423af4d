"""Addresses of comments."""

from django.urls import path

from qms.comments import views

app_name = "comments"
urlpatterns = [
    path("<slug:type_name>/<uuid:uid>/add", views.add_page, name="add"),
    path("<uuid:uid>/answer", views.answer_page, name="answer"),
    path("<uuid:uid>/settle", views.settle_page, name="settle"),
]
