"""Words and codes of guidance pages."""

from __future__ import annotations

from django.db import models


class PageKind(models.TextChoices):
    """How a guidance page is laid out."""

    PAGE = "page", "Page"
    STEPS = "steps", "Step by step"
    POLICY = "policy", "Policy"


class Audience(models.TextChoices):
    """Whom a page speaks to."""

    FAMILIES = "families", "Families"
    YOUNG_PEOPLE = "young-people", "Young people"
    PROFESSIONALS = "professionals", "Professionals"


class PageState(models.TextChoices):
    """Whether the public sees a guidance page."""

    DRAFT = "draft", "Draft"
    LIVE = "live", "Live"


class Happening(models.TextChoices):
    """What may happen to a guidance page: the ends of its names in the audit log."""

    LOADED = "loaded", "Loaded with the product"
    STARTED = "started", "Started"
    SAVED = "saved", "Changed"
    PUBLISHED = "published", "Published"
    REVIEWED = "reviewed", "Reviewed: still right"
    WITHDRAWN = "withdrawn", "Taken down"
    RENDITION_SAVED = "rendition_saved", "Easy Read or translation changed"


class Language(models.TextChoices):
    """Another way to say a page: Easy Read, or a language by its tag (BCP 47)."""

    EASY_READ = "easy-read", "Easy Read"
    ARABIC = "ar", "Arabic"
    BENGALI = "bn", "Bengali"
    CHINESE = "zh", "Chinese"
    GUJARATI = "gu", "Gujarati"
    KURDISH = "ku", "Kurdish"
    LITHUANIAN = "lt", "Lithuanian"
    PANJABI = "pa", "Panjabi"
    PERSIAN = "fa", "Persian"
    POLISH = "pl", "Polish"
    PORTUGUESE = "pt", "Portuguese"
    ROMANIAN = "ro", "Romanian"
    SOMALI = "so", "Somali"
    TURKISH = "tr", "Turkish"
    UKRAINIAN = "uk", "Ukrainian"
    URDU = "ur", "Urdu"


RIGHT_TO_LEFT = frozenset({Language.ARABIC, Language.PERSIAN, Language.URDU})


class RenditionState(models.TextChoices):
    """How far an Easy Read version or a translation is; where there is none there is no row."""

    PREPARING = "preparing", "In preparation"
    THERE = "there", "There"


class Cover(models.TextChoices):
    """How an item of the law stands on the coverage board."""

    COVERED = "covered", "Covered"
    STALE = "stale", "Stale"
    MISSING = "missing", "Missing"
