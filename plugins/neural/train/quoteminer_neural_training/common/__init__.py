"""What the training of both models shares."""
