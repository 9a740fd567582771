"""Which role carries which permission. One table; `docs/access.md` is drawn from it."""

from goldenthread.core.roles import CASEWORK, Role

_INSPECTS = frozenset({Role.INSPECTOR})
_READS = CASEWORK | _INSPECTS

PERMISSIONS: dict[str, frozenset[Role]] = {
    # people
    "people.search": _READS,
    "people.view": _READS,
    "people.edit": CASEWORK,
    "people.merge": frozenset({Role.MANAGER}),
    "people.import_settings": frozenset({Role.MANAGER, Role.ADMINISTRATOR}),
    "people.view_settings": _READS | {Role.ANALYST, Role.ADMINISTRATOR},
    # casework
    "casework.view": _READS,
    "casework.record_request": CASEWORK,
    "casework.decide": CASEWORK,
    "casework.work": CASEWORK,
    "casework.allocate": frozenset({Role.MANAGER}),
    "casework.claim_exception": CASEWORK,
    "casework.reports": _READS | {Role.ANALYST},
    "casework.return_advice": frozenset({Role.ADVISER}) | CASEWORK,
    "casework.reply_consultation": frozenset({Role.SETTING}) | CASEWORK,
    # placements
    "placements.view": _READS,
    "placements.edit": CASEWORK,
    # returns
    "returns.import": frozenset({Role.MANAGER, Role.ADMINISTRATOR}),
    "returns.view": frozenset({Role.MANAGER, Role.ADMINISTRATOR, Role.ANALYST, Role.INSPECTOR}),
    # planning: figures and money, no child's record
    "planning.view": frozenset({Role.MANAGER, Role.ANALYST, Role.FINANCE, Role.INSPECTOR}),
    "planning.edit": frozenset({Role.FINANCE, Role.ANALYST}),
    "planning.run": frozenset({Role.FINANCE, Role.ANALYST, Role.MANAGER}),
    "planning.approve": frozenset({Role.FINANCE, Role.MANAGER}),
    # localoffer: what is public anyway, and what is about to be
    "localoffer.edit": frozenset({Role.EDITOR}),
    "localoffer.approve": frozenset({Role.EDITOR}),
    "localoffer.provide": frozenset({Role.PROVIDER}),
    "localoffer.view_board": frozenset({Role.EDITOR, Role.MANAGER, Role.ANALYST, Role.INSPECTOR}),
    # consultations: what people say, and what is done about it
    "consultations.moderate": frozenset({Role.EDITOR}),
    "consultations.answer": frozenset({Role.EDITOR}),
    "consultations.publish": frozenset({Role.EDITOR}),
    # core
    "core.view_audit": frozenset({Role.MANAGER, Role.INSPECTOR, Role.ADMINISTRATOR}),
    "core.manage_users": frozenset({Role.ADMINISTRATOR}),
    "core.view_outbox": frozenset({Role.MANAGER, Role.ADMINISTRATOR}),
    "core.view_jobs": frozenset({Role.MANAGER, Role.ADMINISTRATOR}),
}
