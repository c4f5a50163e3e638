"""/suggestions/…, /assignments/…, /replies/…, /addressees/…, /clocks/…, and what everybody may read under /open/."""

from django.urls import path

from .views import acting, clocks, drafting, figures, letters, lists, public, publication, tables, topics

app_name = "matters"
urlpatterns = [
    path("open/", public.index, name="public"),
    path("open/<int:pk>/", public.detail, name="public_detail"),
    path("open/<int:pk>.json", public.as_json, name="public_json"),
    path("topics/", topics.index, name="topics"),
    path("topics/<int:pk>/", topics.rename, name="rename_topic"),
    path("topics/<int:pk>/strike/", topics.strike, name="strike_topic"),
    path("figures/", figures.index, name="figures"),
    path("suggestions/", lists.index, name="index"),
    path("suggestions/new/", drafting.new, name="new"),
    path("suggestions/similar/", drafting.similar, name="similar"),
    path("suggestions/<int:pk>/", lists.detail, name="detail"),
    path("suggestions/<int:pk>/clocks/", clocks.index, name="clocks"),
    path("suggestions/<int:pk>/clocks.pdf", clocks.as_pdf, name="clocks_pdf"),
    path("suggestions/<int:pk>/edit/", drafting.edit, name="edit"),
    path("suggestions/<int:pk>/invite/", drafting.invite, name="invite"),
    path("suggestions/<int:pk>/attach/", drafting.attach, name="attach"),
    path("suggestions/<int:pk>/evaluate/", acting.evaluate, name="evaluate"),
    path("suggestions/<int:pk>/public_copy/", publication.copy, name="public_copy"),
    path("suggestions/<int:pk>/paper.pdf", letters.suggestion_pdf, name="suggestion_pdf"),
    path("attachments/<int:pk>/", drafting.download, name="download"),
    path("attachments/<int:pk>/remove/", drafting.remove_attachment, name="remove_attachment"),
    path("assignments/<int:pk>/draft_reply/", acting.draft_reply, name="draft_reply"),
    path("replies/<int:pk>/revise/", acting.revise_reply, name="revise_reply"),
    path("replies/<int:pk>/attach/", acting.attach_to_reply, name="attach_to_reply"),
    path("replies/<int:pk>/letter.pdf", letters.reply_pdf, name="reply_pdf"),
    path("replies/<int:pk>/letter.docx", letters.reply_docx, name="reply_docx"),
    path("suggestions/<int:pk>/evaluation-form.pdf", letters.evaluation_form, name="evaluation_form"),
    path("evaluations/<int:pk>/scan/", letters.scanned_evaluation, name="scanned_evaluation"),
    path("assignments/<int:pk>/face-reply-form.pdf", letters.face_reply_form, name="face_reply_form"),
    path("face-replies/<int:pk>/record.pdf", letters.face_reply_record, name="face_reply_record"),
    path("face-replies/<int:pk>/record.docx", letters.face_reply_docx, name="face_reply_docx"),
    path("face-replies/<int:pk>/signed/", letters.signed_record, name="signed_record"),
    path("addressees/<int:pk>/letter.pdf", letters.addressee_pdf, name="addressee_pdf"),
    path("addressees/<int:pk>/letter.docx", letters.addressee_docx, name="addressee_docx"),
    path("opinions/<int:pk>/letter.pdf", letters.opinion_pdf, name="opinion_pdf"),
    path("opinions/<int:pk>/letter.docx", letters.opinion_docx, name="opinion_docx"),
    path("days-off/", tables.index, name="tables"),
    path("days-off/new/", tables.new, name="table_new"),
    path("days-off/<int:pk>/file/", tables.file, name="table_file"),
    path("days-off/drafts/<int:pk>/", tables.draft, name="table"),
    path("clocks/<int:pk>/", clocks.why, name="why"),
    path("assignments/<int:pk>/rules/", lists.rules, name="rules"),
    *(
        path(f"{nouns}/<int:pk>/<slug:verb>/", acting.perform, {"noun": noun}, name=f"{noun}_act")
        for noun, nouns in {
            "suggestion": "suggestions", "signature": "signatures", "assignment": "assignments", "reply": "replies", "contact": "contacts",
            "extension": "extensions", "objection": "objections", "redaction": "redactions", "addressee": "addressees",
            "face_reply": "face-replies",
            "clock": "clocks",
        }.items()
    ),
]  # fmt: skip
