"""The product's addresses, and the sample pages."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path

from qms.project.urls import urlpatterns as product
from tests.face.samples import SAMPLES


def sample(request: HttpRequest, name: str) -> HttpResponse:
    template, context = SAMPLES[name]
    return render(request, template, context())


urlpatterns = [*product, path("sample/<slug:name>", sample, name="sample")]
handler400 = "qms.face.views.bad_request"
