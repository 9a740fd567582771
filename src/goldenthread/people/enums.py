"""Words and codes of the people room. SEN2 code sets live in `statute.codes`."""

from django.db import models


class NameKind(models.TextChoices):
    """Why a name is kept beside the current one."""

    FORMER = "former", "Former name"
    PREFERRED = "preferred", "Preferred name"
    ALIAS = "alias", "Also known as"


class RelationshipKind(models.TextChoices):
    """Who a contact is to the child or young person."""

    SELF = "self", "The young person"
    MOTHER = "mother", "Mother"
    FATHER = "father", "Father"
    PARENT = "parent", "Parent"
    CARER = "carer", "Foster carer"
    GUARDIAN = "guardian", "Guardian"
    RELATIVE = "relative", "Other relative"
    SOCIAL_WORKER = "social_worker", "Social worker"
    ADVOCATE = "advocate", "Advocate"
    OTHER = "other", "Other"


class Share(models.TextChoices):
    """What may be shared with a contact."""

    EVERYTHING = "everything", "Everything in the record"
    LETTERS = "letters", "Letters and decisions only"
    NOTHING = "nothing", "Nothing: do not contact"


class Speaks(models.TextChoices):
    """Who speaks for a young person after compulsory school age (CFA 2014 s.80, R63-65)."""

    SELF = "self", "The young person"
    SUPPORTED = "supported", "The young person, with support they chose"
    PARENT = "parent", "A parent (young person lacks capacity for these decisions)"
    REPRESENTATIVE = "representative", "A deputy, attorney or other representative"


class OrganisationKind(models.TextChoices):
    """What an organisation does for children with SEND."""

    HEALTH = "health", "Health (ICB or trust)"
    SOCIAL_CARE = "social_care", "Social care"
    EDUCATION = "education", "Education support"
    PSYCHOLOGY = "psychology", "Educational psychology"
    LOCAL_AUTHORITY = "local_authority", "Another local authority"
    VOLUNTARY = "voluntary", "Voluntary sector"
    OTHER = "other", "Other"


class Likeness(models.TextChoices):
    """Why two records may be one person, the strongest reason first."""

    IDENTIFIER = "identifier", "The same UPN, ULN or NHS number"
    SAME = "same", "The same name and date of birth"
    SWAPPED = "swapped", "The same date of birth, surname and forename changed round"
    SLIP = "slip", "The same date of birth, one slip in the name"
    DATE = "date", "The same name, one slip in the date of birth"


class SettingGroup(models.TextChoices):
    """Kinds of setting as DfE groups placements in its EHC plan statistics (caseload table columns)."""

    MAINSTREAM_MAINTAINED = "mainstream_la_maintained", "Mainstream: LA maintained"
    MAINSTREAM_ACADEMY = "mainstream_academy", "Mainstream: academy"
    MAINSTREAM_FREE = "mainstream_free_school", "Mainstream: free school"
    MAINSTREAM_INDEPENDENT = "mainstream_independent", "Mainstream: independent"
    SPECIAL_MAINTAINED = "special_la_maintained", "Special: LA maintained"
    SPECIAL_ACADEMY = "special_academy_free", "Special: academy or free"
    SPECIAL_INDEPENDENT = "special_independent", "Special: independent"
    SPECIAL_NON_MAINTAINED = "special_non_maintained", "Special: non-maintained"
    AP_MAINTAINED = "ap_pru_la_maintained", "Alternative provision: LA maintained or PRU"
    AP_ACADEMY = "ap_pru_academy", "Alternative provision: academy"
    AP_FREE = "ap_pru_free_school", "Alternative provision: free school"
    FE_COLLEGE = "general_fe_tertiary_colleges", "Further education: general and tertiary colleges"
    FE_SPECIALIST = "specialist_post_16_institutions", "Further education: specialist post-16"
    FE_UKRLP = "ukrlp_provider", "Further education: other UKRLP provider"
    EARLY_YEARS = "nm_early_years", "Non-maintained early years"
    ELECTIVE_HOME = "elective_home_education", "Elective home education"
    OTHER_LA = "other_arrangements_la", "Other arrangements by the LA (EOTAS)"
    OTHER_PARENTS = "other_arrangements_parents", "Other arrangements by parents"
    ONLINE = "online_provider", "Online provider"
    WELSH = "w_settings", "Setting in Wales"
    OTHER = "other_placement_settings", "Other"
    NEET = "neet", "Not in education, employment or training"
    NEET_NOTICE = "neet_ntci", "Not in education: notice to cease issued"
    NOT_IN_EDUCATION = "neet_other", "Not in education: other"
    UNKNOWN = "placement_unknown", "Not known"
