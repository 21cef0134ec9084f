"""The Celery application. Nothing here may lose money by being down or late: every job looks for rows that wait.

A message only wakes a worker; one that is lost is made up for by the next turn of the clock. A turn that comes too late
expires, so that a worker that was down finds one message of a kind and not a thousand.
"""

import os
from datetime import timedelta

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "storefront.settings")

app = Celery("storefront")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()

EVERY_SECONDS = {
    "checkout.tasks.handle_notices": 5,
    "checkout.tasks.send_refunds": 5,
    "checkout.tasks.check_payments": 15,
    "checkout.tasks.expire_orders": 15,
    "checkout.tasks.end_lapsed_orders": 5,
    "checkout.tasks.prune_carts": 3600,
    "checkout.tasks.prune_notices": 3600,
    "catalog.tasks.refresh_index": 10,
    "catalog.tasks.refresh_cards": 60,
    "catalog.tasks.run_sheets": 5,
    "storefront.tasks.note_worker": 15,
    "storefront.tasks.remind_of_certificates": 600,
}
app.conf.beat_schedule = {
    task: {"task": task, "schedule": timedelta(seconds=seconds), "options": {"expires": seconds}}
    for task, seconds in EVERY_SECONDS.items()
}
