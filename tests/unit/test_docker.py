"""The container files, parsed: no engine runs in the tests, but a wrong variable or command is found all the same."""

import importlib
import json
import re
from pathlib import Path

import pytest
import yaml
from celery.bin.celery import celery as celery_command

from storefront import cli, env

DOCKER = Path(__file__).resolve().parents[2] / "docker"
COMPOSE = yaml.safe_load((DOCKER / "compose.yaml").read_text())
SHOP = {name: service for name, service in COMPOSE["services"].items() if service["image"] == "bangmai"}
DOCKERFILE = re.sub(r"\\\n", " ", (DOCKER / "Dockerfile").read_text())
# What fits one machine with SQLite and files, and must be said for several processes on servers.
ONE_MACHINE = {
    *("SECRET_KEY", "DATABASE_URL", "REDIS_URL", "CELERY_BROKER_URL", "SEARCH_BACKEND", "SEARCH_URL", "PUBLIC_URL"),
    *("ALLOWED_HOSTS", "STRIPE_SECRET_KEY", "STRIPE_PUBLISHABLE_KEY", "STRIPE_WEBHOOK_SECRET", "EMAIL_BACKEND"),
    *("BANGMAI_HOME", "BANGMAI_DEMO", "SECURE_TLS"),
}


def dockerfile_env() -> dict[str, str]:
    """The variables that the image sets, without those that are Python's or the shell's."""
    [line] = re.findall(r"^ENV (.*)$", DOCKERFILE, re.MULTILINE)
    pairs = dict(part.split("=", 1) for part in line.split())
    return {name: value for name, value in pairs.items() if name != "PATH" and not name.startswith("PYTHON")}


def commands() -> list[list[str]]:
    [image_command] = re.findall(r"^CMD (.*)$", DOCKERFILE, re.MULTILINE)
    return [json.loads(image_command), *(service["command"] for service in SHOP.values())]


def test_all_processes_of_the_shop_are_there():
    assert {"setup", "web", "relay", "worker", "beat"} == set(SHOP)
    assert {"postgres", "redis", "elasticsearch"} == set(COMPOSE["services"]) - set(SHOP)


@pytest.mark.parametrize("service", SHOP)
def test_every_variable_is_one_that_the_settings_read(service):
    assert set(SHOP[service]["environment"]) <= set(env.REGISTRY)


def test_the_image_sets_only_what_the_settings_read():
    assert dockerfile_env()
    assert set(dockerfile_env()) <= set(env.REGISTRY)


@pytest.mark.parametrize("service", SHOP)
def test_every_setting_without_a_default_is_set(service):
    needed = {name for name, variable in env.REGISTRY.items() if variable.default is None} | ONE_MACHINE
    assert needed <= set(env.REGISTRY), "a name in ONE_MACHINE is no longer a setting"
    assert needed <= set(SHOP[service]["environment"])


def test_secrets_have_no_default_in_the_file():
    for name in ("SECRET_KEY", "STRIPE_SECRET_KEY", "STRIPE_WEBHOOK_SECRET"):
        assert SHOP["web"]["environment"][name].startswith(f"${{{name}:?")


@pytest.mark.parametrize("command", commands(), ids=lambda command: " ".join(command[:4]))
def test_every_command_exists(command):
    program, *arguments = command
    if program == "bangmai":
        assert arguments[0] in cli.main.commands
    elif program == "gunicorn":
        module, _, name = arguments[0].partition(":")
        assert callable(getattr(importlib.import_module(module), name))
    else:
        assert program == "celery"
        flag, app, sub, *_ = arguments
        assert flag == "-A"
        assert importlib.import_module(f"{app}.celery").app.main
        assert sub in celery_command.commands


@pytest.mark.parametrize("service", COMPOSE["services"])
def test_services_wait_only_for_services_that_are_there(service):
    for other, terms in COMPOSE["services"][service].get("depends_on", {}).items():
        target = COMPOSE["services"][other]
        assert terms["condition"] != "service_healthy" or "healthcheck" in target


def test_the_image_copies_only_what_exists():
    for source in re.findall(r"^COPY (?!--)(\S+) ", DOCKERFILE, re.MULTILINE):
        assert (DOCKER.parent / source).exists()
    for lock in re.findall(r"-r (requirements/\S+)", DOCKERFILE):
        assert (DOCKER.parent / lock).exists()
