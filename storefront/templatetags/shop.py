"""Template tags of the shop."""

from django import template

register = template.Library()
