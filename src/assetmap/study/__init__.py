"""The corridor: a study, its steps and the ledger that runs them."""
