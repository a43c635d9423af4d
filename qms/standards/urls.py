from django.urls import path

from qms.standards import views

app_name = "standards"
urlpatterns = [
    path("", views.editions, name="list"),
    path("<slug:slug>/", views.tree, name="tree"),
]
