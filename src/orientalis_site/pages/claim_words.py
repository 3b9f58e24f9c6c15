"""The statements of the petition, told in our own words; figures are filled in, never written out."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from orientalis.evidence import Claim
from orientalis_site.pages import figures

Text = Promise | str

STATEMENTS: dict[str, tuple[Text, Text]] = {
    "status_critically_endangered": (
        _("Its standing"),
        _("It is listed as Critically Endangered, the last step before being extinct in the wild."),
    ),
    "number_alive": (_("How many are left"), _("About {value} are alive.")),
    "rarest_cat": (_("The rarest cat"), _("It is the most endangered wild cat.")),
    "threats": (
        _("What threatens it"),
        _("Its numbers fall because it is poached, because forests are felled, and because fires take its land."),
    ),
    "benefits_others": (
        _("Who else gains"),
        _("To save it helps the Amur tiger and prey such as deer, and keeps the forest in balance."),
    ),
    "where_it_lives": (
        _("Where it lives"),
        _("It lives in Primorye, Jilin and Heilongjiang, and a few in northern Korea."),
    ),
    "farthest_north": (
        _("The cold"),
        _("It lives farther north than any other leopard and is the only one at home in the cold."),
    ),
    "territory": (
        _("Its territory"),
        _(
            "It speaks of territories that are miles long, mostly in one river basin. Elsewhere the same figures "
            "stand as areas, and we read them so: {range} km²."
        ),
    ),
    "lifespan_wild": (_("How long it lives in the wild"), _("It lives {range} years in the wild.")),
    "lifespan_captivity": (_("How long it lives in zoos"), _("It lives up to {high} years in captivity.")),
    "food": (
        _("What it eats"),
        _(
            "It eats musk deer, roe deer, moose, wild pig, Manchurian wapiti, hare, badger, fowl and mice, "
            "and at times a young black bear."
        ),
    ),
    "hunts_at_night": (_("When it hunts"), _("It hunts at night.")),
    "age_first_litter": (_("When females first breed"), _("Females breed from an age of {range} years.")),
    "litter_size": (_("How many cubs"), _("A litter has {range} cubs, lately {value} on average.")),
    "birth_season": (_("When cubs are born"), _("Cubs are born in spring or early summer.")),
    "age_leaving": (_("When the young leave"), _("The young leave their mother at {range} months.")),
    "cub_losses": (
        _("What befalls the cubs"),
        _("Few cubs survive: other hunters kill them while their mother is away."),
    ),
    "motives_and_trade": (
        _("Why people kill it"),
        _(
            "People of both countries kill leopards because they compete for game; bones go into medicine that heals "
            "nobody, furs into carpets and clothing."
        ),
    ),
    "skin_price": (_("What a skin brings"), _("A skin brings {range} US dollars.")),
    "ask_other_resources": (
        _("It asks for other incomes"),
        _("Governments and local authorities are to find other resources for the people who live there."),
    ),
    "ask_end_of_destruction": (
        _("It asks for an end of destruction"),
        _("The felling and the destruction of the forest are to stop."),
    ),
    "ask_protective_laws": (_("It asks for laws"), _("Laws are to protect the leopard.")),
    "ask_law_enforcement": (
        _("It asks for rangers"),
        _("Teams that enforce the law are to be supported."),
    ),
    "ask_help_for_young": (_("It asks for help for the young"), _("The young are to be helped to survive.")),
}


def title(claim: Claim) -> str:
    """A statement's heading."""
    return str(STATEMENTS[claim.id][0]) if claim.id in STATEMENTS else claim.id.replace("_", " ")


def says(claim: Claim) -> SafeString:
    """A statement with its figures filled in."""
    text = str(STATEMENTS[claim.id][1]) if claim.id in STATEMENTS else claim.id.replace("_", " ")
    return format_html(
        text,
        value=figures.quantity(claim.value),
        low=figures.quantity(claim.low),
        high=figures.quantity(claim.high),
        range=figures.spread(claim.low, claim.high),
    )
