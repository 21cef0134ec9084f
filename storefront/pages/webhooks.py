"""The payment provider's notices."""

import logging

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from checkout.actions import notices
from checkout.payments.base import ForgedNotice, ProviderError
from checkout.payments.stripe import provider

log = logging.getLogger(__name__)


@csrf_exempt
@require_POST
def stripe(request: HttpRequest) -> HttpResponse:
    """Store a notice and act on it at once. 400 for a forged one; 200 as soon as it is stored: a sweep does the rest.

    Nothing of a notice but its id is ever logged.
    """
    asked = provider()
    try:
        notice = asked.notice(request.body, request.headers.get("Stripe-Signature", ""))
    except ForgedNotice:
        return HttpResponse(status=400)
    now = timezone.now()
    event = notices.receive(notice=notice, now=now)
    if event is not None:
        try:
            notices.handle(event=event, provider=asked, now=now)
        except ProviderError as error:
            log.warning("notice %s waits for the sweep: %s", event.event_id, error)
    return HttpResponse(status=200)
