"""The site's own table: how far the demo has been seeded."""

from django.db import models


class DemoSeed(models.Model):
    """One row (id 1) once seeding has begun. What it was begun with is what it goes on with after a stop."""

    seed = models.IntegerField()
    as_of = models.DateField()  # the day that the demo's dates are laid around; `refresh` moves it
    products = models.PositiveIntegerField()
    orders = models.PositiveIntegerField()
    started_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"demo {self.seed} as of {self.as_of}"
