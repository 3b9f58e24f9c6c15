"""Images for link previews, 1200 by 630 pixels, drawn on the server with the fonts that are shipped here."""

from orientalis_site.share.card import Card
from orientalis_site.share.draw import draw
from orientalis_site.share.files import share_image
from orientalis_site.share.lettering import MissingGlyphError, missing
from orientalis_site.share.wrap import DoesNotFitError

__all__ = ["Card", "DoesNotFitError", "MissingGlyphError", "draw", "missing", "share_image"]
