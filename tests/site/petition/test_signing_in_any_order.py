"""Any order of signing, confirming, withdrawing, signing again, erasing: the count is right and nobody counts twice."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from orientalis_site.limits.models import Bucket
from orientalis_site.mail.models import Letter
from orientalis_site.petition import acts, counting, states
from orientalis_site.petition.models import Count, Event, Milestone, Petition, Signature, Token
from orientalis_site.petition.signing import LIVE, Form, sign
from orientalis_site.petition.tokens import Purpose, find, issue
from tests.site.petition.conftest import OPEN

PEOPLE = st.sampled_from(["anna@example.org", "Anna@EXAMPLE.org", "boris@gmail.com", "b.oris+x@gmail.com"])
OWNERS = {"anna@example.org": "anna", "Anna@EXAMPLE.org": "anna", "boris@gmail.com": "b", "b.oris+x@gmail.com": "b"}
State = Signature.State


class Signing(RuleBasedStateMachine):
    """The site beside a plain model of it: each person's newest signature and what may become of it."""

    @initialize()
    def begin(self) -> None:
        """Nobody has signed."""
        for table in (Token, Event, Letter, Signature, Bucket, Milestone):
            table.objects.all().delete()
        Petition.objects.filter(slug=OPEN).update(state=Petition.State.OPEN, goals=[1, 2])
        self.petition = Petition.objects.select_related("current", "count").get(slug=OPEN)
        Count.objects.filter(petition=self.petition).update(confirmed=0, countries={}, days={}, versions={})
        self.model: dict[str, State] = {}
        self.blocked: set[str] = set()
        self.signatures: dict[str, int] = {}
        self.links: list[tuple[str, int, dict[Purpose, str]]] = []
        self.reached: set[int] = set()

    def _moved(self, signature: Signature) -> bool:
        """Whether this is the person's newest one: what was done to older ones is over."""
        return signature.pk in self.signatures.values()

    @rule(address=PEOPLE)
    def signs(self, address: str) -> None:
        """Somebody fills in the form and, if it is a new row, gets a mail."""
        owner = OWNERS[address]
        Bucket.objects.update(tokens=10)  # limits are another test's
        sign(self.petition, Form(name="A", address=address, country="RU"))
        if owner in self.blocked:
            return
        if self.model.get(owner) not in LIVE:
            self.model[owner] = State.PENDING
            newest = Signature.objects.order_by("-id").first()
            assert newest is not None and newest.pk not in self.signatures.values()
            self.signatures[owner] = newest.pk
        signature = Signature.objects.get(pk=self.signatures[owner])
        kinds = (Purpose.CONFIRM, Purpose.WITHDRAW, Purpose.NOT_ME)
        self.links.append((owner, signature.pk, issue(dict.fromkeys(kinds), signature)))

    def _press(self, data: Any, purpose: Purpose) -> tuple[str, Signature] | None:
        """Use a link of any mail that was ever sent; None where it no longer opens anything."""
        if not self.links:
            return None
        owner, _, links = data.draw(st.sampled_from(self.links))
        token = find(purpose, links[purpose], OPEN)
        return (owner, token.signature) if token is not None else None

    @rule(data=st.data())
    def confirms(self, data: Any) -> None:
        """Presses the button, of an old mail or a new one."""
        pressed = self._press(data, Purpose.CONFIRM)
        if pressed:
            is_open = Petition.objects.get(slug=OPEN).state == Petition.State.OPEN
            expected = is_open and self._moved(pressed[1]) and self.model[pressed[0]] == State.PENDING
            assert acts.confirm(pressed[1]) == expected
            if expected:
                self.model[pressed[0]] = State.CONFIRMED

    @rule(data=st.data(), purpose=st.sampled_from([Purpose.WITHDRAW, Purpose.NOT_ME]), erases=st.booleans())
    def leaves(self, data: Any, purpose: Purpose, erases: bool) -> None:
        """Withdraws, is erased, or says that it was somebody else."""
        pressed = self._press(data, purpose)
        if not pressed:
            return
        owner, signature = pressed
        if purpose == Purpose.NOT_ME:
            is_done, after = acts.not_me(signature), State.ERASED
            if is_done:
                self.blocked.add(owner)
        else:
            act, after = (acts.erase, State.ERASED) if erases else (acts.withdraw, State.WITHDRAWN)
            is_done = act(signature)
        if is_done and self._moved(signature):
            self.model[owner] = after

    @rule(owner=st.sampled_from(["anna", "b"]), back=st.booleans())
    def is_moderated(self, owner: str, back: bool) -> None:
        """A moderator takes a signature out, or back in."""
        if owner not in self.signatures:
            return
        signature = Signature.objects.select_related("version").get(pk=self.signatures[owner])
        if back:
            if acts.reinstate(signature, "user:1", "test"):
                signature.refresh_from_db()
                self.model[owner] = State(signature.state)
        elif acts.invalidate(signature, "user:1", "test"):
            self.model[owner] = State.INVALIDATED

    @rule()
    def ticks(self) -> None:
        """The tick comes by."""
        counting.tick()
        self.petition.count.refresh_from_db()
        count = self.petition.count
        expected = sum(state == State.CONFIRMED for state in self.model.values())
        assert count.confirmed == expected == sum(count.countries.values()) == sum(count.versions.values())
        self.reached |= {goal for goal in (1, 2) if goal <= expected}
        assert set(Milestone.objects.values_list("goal", flat=True)) == self.reached

    @rule(opens=st.booleans())
    def closes(self, opens: bool) -> None:
        """The petition is hidden, or shown again."""
        petition = Petition.objects.get(slug=OPEN)
        if opens and petition.state == Petition.State.HIDDEN:
            states.unhide(petition, "user:1")
        elif not opens and petition.state == Petition.State.OPEN:
            states.hide(petition, "user:1")

    @invariant()
    def the_database_agrees(self) -> None:
        """One live row a person at most, each in the state that it should be in; the drift is nothing."""
        if not hasattr(self, "model"):
            return
        for owner, key in self.signatures.items():
            assert Signature.objects.get(pk=key).state == self.model[owner]
        live = list(Signature.objects.filter(state__in=LIVE).values_list("email_key", flat=True))
        assert len(live) == len(set(live)) == sum(state in LIVE for state in self.model.values())
        assert counting.drift(self.petition) == 0


@pytest.mark.usefixtures("on_postgresql")
def test_signing_in_any_order_keeps_the_count() -> None:
    """On a real PostgreSQL, with orders that hypothesis thinks up."""
    checks = [HealthCheck.too_slow, HealthCheck.filter_too_much, HealthCheck.function_scoped_fixture]
    run_state_machine_as_test(
        Signing,
        settings=settings(
            max_examples=40, stateful_step_count=25, deadline=None, suppress_health_check=checks, derandomize=True
        ),
    )
