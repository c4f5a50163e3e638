"""The file people upload, read once here so that what is wrong with it is said beside the field."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy

from qiao.kernel.errors import Unfit

from . import sheet
from .importer import Action, Importer, understand


class UploadForm(forms.Form):
    """One table."""

    file = forms.FileField(
        label=gettext_lazy("Table"),
        help_text=gettext_lazy("An .xlsx or .csv file of at most 20 MB. Nothing is written before you have seen and confirmed it."),
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx,.csv"}),
    )

    def __init__(self, *args: Any, importer: Importer, **more: Any) -> None:
        super().__init__(*args, **more)
        self.importer = importer

    def clean(self) -> dict[str, Any]:
        """Hand on the name and the content, if they can be understood."""
        given = super().clean() or {}
        file: UploadedFile | None = given.get("file")
        if file is None:
            return given
        try:
            if (file.size or 0) > sheet.SIZE_LIMIT:
                raise Unfit(sheet.too_large())
            content = file.read()
            understand(self.importer, sheet.read(file.name or "", content).rows)
        except Unfit as said:
            self.add_error("file", said.reason)
            return given
        return {"filename": file.name, "content": content}


class RowFilter(forms.Form):
    """Which rows of the preview."""

    action = forms.ChoiceField(label=gettext_lazy("Rows"), choices=[("", gettext_lazy("All")), *Action.choices], required=False)
