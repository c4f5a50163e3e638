"""Controls drawn by our own template say the same as Django's."""

from django import forms
from django.forms.renderers import DjangoTemplates
from django.test.html import parse_html

from qiao.ui.renderer import Renderer

CHOICES = [("", "–"), ("a", "A & B"), ("Group", [("c", 'C "c"'), ("d", "D")])]


class Asked(forms.Form):
    one = forms.ChoiceField(choices=CHOICES, required=True, widget=forms.Select(attrs={"class": "select", "data-x": True}))
    many = forms.MultipleChoiceField(choices=CHOICES, required=False)


def test_a_list_of_choices_is_what_django_writes() -> None:
    for data in ({}, {"one": "c", "many": ["a", "d"]}):
        ours, theirs = Asked(data, renderer=Renderer()), Asked(data, renderer=DjangoTemplates())
        for name in ("one", "many"):
            assert parse_html(str(ours[name])) == parse_html(str(theirs[name]))
