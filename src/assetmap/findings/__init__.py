"""What the measures mean: need, the three-leg test, how fair access is."""
