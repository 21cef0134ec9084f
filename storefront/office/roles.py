"""The office's groups: who may recommend, who may decide. Made after each migration where they are missing."""

from typing import Any

COUNTY = "县级主管部门（推荐）"
REVIEWERS = "项目办公室（审核）"
_SEE = ("view_merchantapplication", "view_merchant", "view_certificate", "view_changerecord")
GROUPS = {
    COUNTY: (*_SEE, "recommend_merchantapplication", "recommend_certificate"),
    REVIEWERS: (
        *_SEE,
        "decide_merchantapplication",
        "approve_certificate",
        "view_listingrevision",
        "decide_listingrevision",
        "view_merchantapproval",
        "change_merchantapproval",
    ),
}


def make_groups(**signal: Any) -> None:
    """Make the groups that are missing; one that exists is left as the office has set it up."""
    from django.contrib.auth.models import Group, Permission

    for name, codenames in GROUPS.items():
        group, is_new = Group.objects.get_or_create(name=name)
        if is_new:
            group.permissions.set(Permission.objects.filter(content_type__app_label="catalog", codename__in=codenames))
