"""What templates of the people room may see: words and rows, never a model's own rules."""
