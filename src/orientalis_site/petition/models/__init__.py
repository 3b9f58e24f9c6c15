"""The tables of the petition."""

from orientalis_site.petition.models.answers import Office, Response, Update
from orientalis_site.petition.models.petitions import Count, Milestone, Petition, Version
from orientalis_site.petition.models.signatures import Event, Signature, Token

__all__ = ["Count", "Event", "Milestone", "Office", "Petition", "Response", "Signature", "Token", "Update", "Version"]
