"""What happened and what is due: EHC requests, assessments, decisions, plans and their clock."""
