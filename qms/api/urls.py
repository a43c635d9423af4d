"""Addresses for programs, made from the registry: a registered type is there by itself."""

from django.urls import URLPattern, path
from drf_spectacular.views import SpectacularJSONAPIView

from qms.api.views import views_of
from qms.records import registry

app_name = "api"


def addresses() -> list[URLPattern]:
    """The paths of every registered type, and the description of them all."""
    found = [path("schema", SpectacularJSONAPIView.as_view(), name="schema")]
    for record_type in registry.all_types():
        for end, view in views_of(record_type).items():
            found.append(path(f"{record_type.name}/{end}", view, name=address_name(record_type.name, end)))
    return found


def address_name(type_name: str, end: str) -> str:
    """`nonconformity`, `nonconformity-one`, `nonconformity-steps-close`."""
    below = end.replace("<uuid:uid>/", "").strip("/").replace("/", "-")
    return f"{type_name}-{below}" if below else (f"{type_name}-one" if end else type_name)


urlpatterns = addresses()
