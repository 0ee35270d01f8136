"""Training of the scorer of claims: ``python -m quoteminer_neural_training.claims``."""
