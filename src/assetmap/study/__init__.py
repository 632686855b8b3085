"""The corridor: a study, its steps and the ledger that runs them.

Nothing is imported here, so that a command pays only for what it uses.
"""
