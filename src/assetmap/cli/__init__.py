"""The porch: words in, words out."""
