"""The product's addresses and one more: the least that Django can do behind the same middleware."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path

from qiao.config import urls


def minimal(request: HttpRequest) -> HttpResponse:
    """A template of one line."""
    return render(request, "bench/minimal.html", {"said": "桥"})


urlpatterns = [path("bench/minimal/", minimal), *urls.urlpatterns]
handler400, handler403, handler404, handler500 = urls.handler400, urls.handler403, urls.handler404, urls.handler500
