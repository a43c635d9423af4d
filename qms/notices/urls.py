"""Addresses of the ledger of what people were told."""

from django.urls import path

from qms.notices import views

app_name = "notices"
urlpatterns = [
    path("", views.mine_page, name="mine"),
    path("read", views.read_all, name="read_all"),
    path("<uuid:uid>/", views.open_notice, name="open"),
    path("of/<slug:type_name>/<uuid:uid>", views.of_record_page, name="of_record"),
]
