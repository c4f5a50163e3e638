"""/directory/…"""

from django.urls import path

from .views import acting, attendance, cards, delegations, directory, groups, leave, seats, structure

app_name = "congress"
urlpatterns = [
    path("", directory.index, name="index"),
    path("congresses/", directory.congresses, name="congresses"),
    path("attendance/", attendance.index, name="attendance"),
    path("attendance/deputies/", attendance.deputies, name="attendance_deputies"),
    path("attendance/sheets/<int:pk>/", attendance.sheet, name="sheet"),
    path("attendance/sheets/<int:pk>/print/", attendance.printed, name="print_sheet"),
    path("groups/", groups.index, name="groups"),
    path("groups/<int:pk>/", groups.group, name="group"),
    path("professions/", groups.professions, name="professions"),
    path("leave/", leave.index, name="leaves"),
    path("leave/<int:pk>/", leave.leave, name="leave"),
    path("delegations/", delegations.index, name="delegations"),
    path("deputies/", directory.deputies, name="deputies"),
    path("deputies/<int:pk>/", directory.deputy, name="deputy"),
    path("deputies/<int:pk>/card/", cards.card, name="card"),
    path("cards/", cards.index, name="cards"),
    path("cards/mine/", cards.own, name="own_card"),
    path("cards/print/", cards.printed, name="print_cards"),
    path("cards/check/<str:token>/", cards.check, name="check_card"),
    path("structure/", structure.structure, name="structure"),
    path("structure/print/", structure.printed, name="print_structure"),
    path("units/", directory.units, name="units"),
    path("units/<int:pk>/", directory.unit, name="unit"),
    path("vacancies/", seats.vacancies, name="vacancies"),
    path("by-elections/<int:pk>/", seats.by_election, name="by_election"),
    path("<slug:noun>/<int:pk>/<slug:verb>/", acting.perform, name="perform"),
    path("areas/", directory.areas, name="areas"),
]
