from django.urls import path

from qms.calendar import views

app_name = "calendar"
urlpatterns = [
    path("", views.year, name="year"),
    path("due", views.due_page, name="due"),
    path("exceptions/new", views.exception_new, name="exception_new"),
    path("exceptions/<uuid:uid>/", views.exception_edit, name="exception_edit"),
]
