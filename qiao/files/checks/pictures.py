"""Pictures: decoded completely and written anew, so that only the picture remains: no place, no camera, no stowaways."""

import io
from typing import Any

from django.utils.translation import gettext as _
from PIL import Image, ImageOps

from qiao.kernel.errors import Unfit

from ..models import Kind

PIXEL_LIMIT = 64_000_000
"""More than telephones take by themselves; decoded, such a picture fills a quarter of a gigabyte."""
SIDE_LIMIT = 16_000
PROFILE_LIMIT = 1024 * 1024
_ORIENTATION = 0x0112
_BOMBS = (Image.DecompressionBombError, Image.DecompressionBombWarning)


def kind_of(data: bytes) -> Kind | None:
    """Which kind of picture the first bytes announce."""
    if data.startswith(b"\xff\xd8\xff"):
        return Kind.JPEG
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return Kind.PNG
    if data.startswith(b"RIFF") and data[8:12] == b"WEBP":
        return Kind.WEBP
    return None


def clean(data: bytes, form: str) -> bytes:
    """The picture written anew: upright, in its own colours and quality, without anything else the file held."""
    try:
        with Image.open(io.BytesIO(data), formats=[form]) as opened:
            _measure(opened)
            opened.load()
            return _written(opened, form)
    except Unfit:
        raise
    except _BOMBS as error:
        raise Unfit(_too_large()) from error
    except Exception as error:  # a decoder given broken bytes may fail in any way
        raise Unfit(_("This picture is damaged or incomplete. Save it again, or take a screenshot of it, and choose that.")) from error


def _measure(image: Image.Image) -> None:
    """Before anything is decoded: the header alone says how large it would become."""
    if image.width * image.height > PIXEL_LIMIT or max(image.size) > SIDE_LIMIT:
        raise Unfit(_too_large())


def _too_large() -> str:
    return _("This picture has too many pixels. Save it in a smaller size, at most 8000 by 8000, and choose it again.")


def _written(opened: Image.Image, form: str) -> bytes:
    turned = opened.getexif().get(_ORIENTATION, 1) != 1
    image = ImageOps.exif_transpose(opened) if turned else opened
    profile = opened.info.get("icc_profile") or b""
    image.info = {"transparency": opened.info["transparency"]} if "transparency" in opened.info else {}
    more: dict[str, Any] = {"icc_profile": profile} if profile and len(profile) <= PROFILE_LIMIT else {}
    if form == "JPEG":
        more |= {"quality": 92 if turned or opened.format != "JPEG" else "keep"}  # the same tables: nothing visible is lost
    elif form == "WEBP":
        more |= {"quality": 90}
    held = io.BytesIO()
    image.save(held, form, **more)
    return held.getvalue()
