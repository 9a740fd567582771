"""One table: everything that can be said of a return, how grave it is, and whether it stops a person loading.

Ids beginning V are about a value or its place; ids beginning L are the rules of `checks`, in the numbering of
the project's SEN2 reference (section 5.1), which is our own: the Department's numbers are not known to us.
An `error` would stop the return being accepted by the Department; a `query` asks for an explanation; a `note`
says what was done with something unusual. Only a rule with `blocks` keeps a person out of the records:
who the person is cannot be told, or the dates cannot be true. Everything else loads and is reported.
"""

from __future__ import annotations

from .issues import Rule, issue
from .rule_table import LEVEL_RULES, VALUE_TABLE

VALUE_RULES = {rule.id: rule for rule in VALUE_TABLE}
RULES = VALUE_RULES | {rule.id: rule for rule in LEVEL_RULES}

# What keeps a person out of the records; see each rule's text.
BLOCKING = frozenset(rule.id for rule in RULES.values() if rule.blocks)

__all__ = ["BLOCKING", "RULES", "VALUE_RULES", "Rule", "issue"]
