"""/privacy/…"""

from django.urls import path

from . import views

app_name = "privacy"
urlpatterns = [
    path("mine/", views.mine, name="mine"),
    path("mine/copy/<slug:form>/", views.take_away, name="take_away"),
    path("mine/correction/", views.ask, name="ask"),
    path("corrections/", views.corrections, name="corrections"),
    path("corrections/<int:pk>/", views.correction, name="correction"),
    path("retention/", views.retention, name="retention"),
    path("people/<int:pk>/hold/", views.place_hold, name="place_hold"),
    path("holds/<int:pk>/end/", views.lift_hold, name="lift_hold"),
    path("suggestions/<int:pk>/", views.open_names, name="open_names"),
    path("people/<int:pk>/<slug:column>/", views.open_value, name="open"),
]
