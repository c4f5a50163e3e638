"""/rulebook/…"""

from django.urls import path

from . import views

app_name = "rulebook"
urlpatterns = [
    path("", views.index, name="index"),
    path("compare/", views.compare, name="compare"),
    path("values/<int:pk>/<slug:verb>/", views.perform, name="perform"),
    path("rules/<slug:key>/", views.rule, name="rule"),
    path("rules/<slug:key>/change/", views.change, name="change"),
]
