"""What if: random draws, how sure a finding is, and what an edit to the tables changes."""
