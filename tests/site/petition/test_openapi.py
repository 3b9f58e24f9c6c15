"""The description of what programs read is true: a real server is asked all of it, with good and with broken values."""

from __future__ import annotations

import json

import hypothesis
import pytest
import schemathesis
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi import checks

from tests.site.petition.campaign import FOUNDING, OPEN
from tests.site.server import Server, ServerFactory, manage

FILL = """
from orientalis_site.publications.shelf import current
from tests.site.petition.campaign import counted, person, shipped
petition = shipped()
for number in range(12):
    person(petition, f"Name {number}", show_name=number % 2 == 0, country="RU" if number % 3 else "CN")
counted(petition)
"""
SEED = 20261124
EXAMPLES = 60
CHECKS = [
    not_a_server_error,
    checks.status_code_conformance,
    checks.content_type_conformance,
    checks.response_schema_conformance,
    checks.response_headers_conformance,
    checks.negative_data_rejection,
    checks.unsupported_method,
    checks.allow_header_conformance,
]


@pytest.fixture(scope="module")
def campaign(start_server: ServerFactory) -> Server:
    """A site with signatures."""
    server = start_server()
    done = manage(server.var, "shell", "-c", FILL)
    assert done.returncode == 0, done.stderr
    return server


def test_every_answer_is_as_described(campaign: Server) -> None:
    held = campaign.get("/openapi.json")
    assert held.status == 200 and held.headers["access-control-allow-origin"] == "*"
    description = held.json()
    schema = schemathesis.openapi.from_dict(description)
    asked = set()
    for found in schema.get_all_operations():
        operation = found.ok()

        @hypothesis.seed(SEED)
        @hypothesis.settings(
            max_examples=EXAMPLES, deadline=None, database=None, suppress_health_check=list(hypothesis.HealthCheck)
        )
        @hypothesis.given(case=operation.as_strategy(), is_known=hypothesis.strategies.booleans())
        def ask(case: schemathesis.Case, is_known: bool) -> None:
            if is_known and "slug" in case.path_parameters:
                case.path_parameters.update(language="ru", slug=OPEN)
            case.call_and_validate(base_url=campaign.url, checks=CHECKS, timeout=30)

        ask()
        asked.add(operation.path)
    assert asked == set(description["paths"]) and len(asked) == 4


def test_broken_values_are_refused_as_described(campaign: Server) -> None:
    description = campaign.get("/openapi.json").json()
    schema = schemathesis.openapi.from_dict(description)
    mode = schemathesis.GenerationMode.NEGATIVE
    operation = schema["/{language}/petitions/{slug}/supporters.json"]["GET"]
    seen = set()

    @hypothesis.seed(SEED)
    @hypothesis.settings(
        max_examples=EXAMPLES, deadline=None, database=None, suppress_health_check=list(hypothesis.HealthCheck)
    )
    @hypothesis.given(case=operation.as_strategy(generation_mode=mode))
    def ask(case: schemathesis.Case) -> None:
        answer = case.call(base_url=campaign.url, timeout=30)
        seen.add(answer.status_code)
        if answer.status_code != 413:  # too long a head is refused before anything in it is looked at
            case.validate_response(answer, checks=CHECKS)

    ask()
    assert seen & {400, 404}, seen


def test_all_addresses_of_known_petitions_answer(campaign: Server) -> None:
    description = campaign.get("/openapi.json").json()
    for path in description["paths"]:
        for slug in (OPEN, FOUNDING):
            address = path.replace("{language}", "zh-hans").replace("{slug}", slug)
            assert campaign.get(address).status == 200, address
    for status in ("400", "404", "405", "410", "413", "500", "503"):
        assert all(status in one["get"]["responses"] for one in description["paths"].values())
    text = json.dumps(description)
    assert "HEAD" not in description["paths"] and "petition" in text
