"""What was published when."""

from django.db import models


class Publication(models.Model):
    """A bundle that this site has shown: the record outlives the files, so that an old address can say what became of it."""

    bundle_hash = models.CharField(max_length=64, unique=True)
    name = models.CharField(max_length=121)
    version = models.CharField(max_length=40)
    evidence_date = models.DateField()
    findings = models.PositiveIntegerField()
    published_at = models.DateTimeField()

    class Meta:
        ordering = ["-published_at", "-id"]

    def __str__(self) -> str:
        return f"{self.name} {self.evidence_date} {self.bundle_hash[:10]}"
