"""How long personal data are kept when they have done their work (个人信息保护法 §§17, 19). Records that are archives are kept for good."""

from django.utils.translation import gettext_lazy as _

from qiao.rulebook.kinds import Choice

from .parameter import Parameter

LABEL = _("How long personal data are kept")

TERMS = {
    "3": _("3 months"), "6": _("6 months"), "12": _("1 year"), "24": _("2 years"), "36": _("3 years"), "60": _("5 years"),
    "120": _("10 years"),
}  # fmt: skip
"""In months."""
SHORTEST = _("Personal Information Protection Law, article 19: no longer than the purpose needs; how long that is the congress decides.")
THREE_YEARS = _("Personal Information Protection Law, article 56, keeps the records of handling three years at least.")

PARAMETERS = [
    Parameter(
        "keep_contact", "keep", Choice(TERMS), _("Telephone, e-mail and identity number"),
        _("Counted from the end of a person’s last mandate and post; then they are cleared, and the name stays."), "12", SHORTEST,
    ),
    Parameter(
        "keep_leave_reason", "keep", Choice(TERMS), _("Reasons for leave"),
        _("Counted from the last day of the session; then the reason is cleared, and the decision stays."), "12", SHORTEST,
    ),
    Parameter(
        "keep_import_rows", "keep", Choice(TERMS), _("Rows of uploaded tables"),
        _("Counted from the decision on the import; then they are deleted, and what they brought stays in the directory."), "3", SHORTEST,
    ),
    Parameter(
        "keep_readings", "keep", Choice({months: TERMS[months] for months in ("36", "60", "120")}), _("Who read protected values"),
        _("Counted from the reading; then the record is deleted here, and the journal keeps that it happened."), "36", THREE_YEARS,
    ),
    Parameter(
        "keep_corrections", "keep", Choice({months: TERMS[months] for months in ("36", "60", "120")}), _("Requests for correction"),
        _("Counted from the decision; then the request is deleted."), "36", THREE_YEARS,
    ),
]  # fmt: skip
