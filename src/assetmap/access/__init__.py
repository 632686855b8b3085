"""The measures: one a file, arithmetic on costs, supply and people."""
