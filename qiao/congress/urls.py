"""/directory/…"""

from django.urls import path

from . import views

app_name = "congress"
urlpatterns = [
    path("", views.index, name="index"),
    path("congresses/", views.congresses, name="congresses"),
    path("deputies/", views.deputies, name="deputies"),
    path("deputies/<int:pk>/", views.deputy, name="deputy"),
    path("structure/", views.structure, name="structure"),
    path("units/", views.units, name="units"),
    path("units/<int:pk>/", views.unit, name="unit"),
    path("areas/", views.areas, name="areas"),
]
