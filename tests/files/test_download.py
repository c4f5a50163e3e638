"""How files are handed out."""

from urllib.parse import quote

import pytest
from django.utils import translation

from qiao.files import operations
from qiao.files.download import serve
from qiao.kernel.errors import Unfit

from . import factories as given


def test_a_chinese_name_comes_back_as_it_was_given(actor):
    stored = operations.store(None, actor=actor, upload=given.upload(given.pdf(), "关于修桥的建议.pdf"))
    response = serve(stored)
    assert response["Content-Disposition"] == f"attachment; filename*=utf-8''{quote('关于修桥的建议.pdf')}"
    assert response["Content-Type"] == "application/pdf"
    assert b"".join(response.streaming_content) == given.pdf()
    response.close()


def test_it_is_kept_apart_from_the_product_and_from_other_readers(actor):
    response = serve(operations.store(None, actor=actor, upload=given.upload(given.pdf())))
    assert response["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in response["Content-Security-Policy"]
    assert response["Cache-Control"] == "private, no-cache"
    response.close()


@pytest.mark.parametrize(("data", "name", "how"), [(given.picture(), "a.jpg", "inline"), (given.pdf(), "a.pdf", "attachment")])
def test_only_pictures_are_shown_in_the_page(actor, data, name, how):
    response = serve(operations.store(None, actor=actor, upload=given.upload(data, name)), inline=True)
    assert response["Content-Disposition"].startswith(how)
    response.close()


def test_a_lost_file_is_said_to_be_lost(actor, kept):
    stored = operations.store(None, actor=actor, upload=given.upload(given.pdf(), "桥.pdf"))
    kept()[0].unlink()
    with translation.override("en"), pytest.raises(Unfit, match="桥.pdf"):
        serve(stored)
