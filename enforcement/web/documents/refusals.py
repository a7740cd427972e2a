"""A `Refusal` on a page: as errors of the form it answers, or as a message after a redirect."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import HttpRequest

from enforcement.errors import InvalidInput, Refusal


def add_to_form(form: forms.BaseForm, refusal: Refusal) -> None:
    """Every problem becomes an error of the whole form; what was typed stays."""
    problems = (
        refusal.problems if isinstance(refusal, InvalidInput) and refusal.problems else [refusal.message]
    )
    for problem in problems:
        form.add_error(None, problem)


def add_to_messages(request: HttpRequest, refusal: Refusal) -> None:
    """One error message; the problems of an `InvalidInput` follow its sentence."""
    problems = refusal.problems if isinstance(refusal, InvalidInput) else []
    more = "".join(f" {problem}" for problem in problems if problem != refusal.message)
    messages.error(request, f"{refusal.message}{more}")
