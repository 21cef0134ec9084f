"""/health/ready and /health/status: what a load balancer and an alarm are told."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.db import connection
from django.utils import timezone

from checkout import triggers
from storefront import health
from storefront.celery import app
from storefront.models import DemoSeed
from storefront.tasks import note_worker


@pytest.fixture(autouse=True)
def nothing_known(monkeypatch):
    monkeypatch.setattr(health, "_known", set())


@pytest.fixture
def demo(db):
    now = timezone.now()
    return DemoSeed.objects.create(
        pk=1, seed=1, as_of=now.date(), products=40, orders=0, started_at=now, finished_at=now
    )  # fmt: skip


def test_a_whole_shop_is_ready(client, demo):
    answer = client.get("/health/ready")
    assert (answer.status_code, answer.json()) == (200, {"ready": True, "obstacles": []})
    assert "no-store" in answer["Cache-Control"]


def test_a_demo_that_is_still_being_made_is_not_ready(client, demo):
    DemoSeed.objects.update(finished_at=None)
    answer = client.get("/health/ready")
    assert (answer.status_code, answer.json()["obstacles"]) == (503, ["the demo data is being made"])
    DemoSeed.objects.update(finished_at=timezone.now())
    assert client.get("/health/ready").status_code == 200


def test_a_shop_without_demo_mode_needs_no_demo(client, db, settings):
    settings.DEMO = False
    assert client.get("/health/ready").status_code == 200


def test_a_dropped_trigger_is_seen_although_the_shop_was_ready_before(client, demo):
    assert client.get("/health/ready").status_code == 200
    name = "checkout_journalposting_no_delete"
    on = " ON checkout_journalposting" if connection.vendor == "postgresql" else ""
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TRIGGER {name}{on}")
    assert triggers.missing_triggers() == [name]
    answer = client.get("/health/ready")
    assert (answer.status_code, answer.json()["obstacles"]) == (503, ["the ledgers are unguarded"])


def test_waiting_migrations_are_an_obstacle(client, demo):
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations WHERE app = 'checkout' AND name LIKE '0006%'")
    assert client.get("/health/ready").json()["obstacles"] == ["migrations wait"]


def test_the_status_tells_lags_and_is_never_a_503(client, db):
    cache.delete(health.WORKER_SEEN)  # where the cache is Redis it outlives a test
    answer = client.get("/health/status")
    assert answer.status_code == 200
    assert answer.json()["worker"] == {"seen_at": None, "lag_seconds": None}
    assert answer.json()["index"] == {"waiting": 0}
    assert answer.json()["relay"]["waiting"] == 0
    assert not {"holder", "latest_error"} & set(answer.json()["relay"])
    note_worker()
    assert 0 <= client.get("/health/status").json()["worker"]["lag_seconds"] < timedelta(minutes=1).total_seconds()


def test_every_turn_of_the_clock_calls_a_task_that_exists(db):  # importing tasks runs checks that ask the database
    app.loader.import_default_modules()
    assert app.conf.beat_schedule
    assert {entry["task"] for entry in app.conf.beat_schedule.values()} <= set(app.tasks)
