"""Training of the model of quotations: ``python -m quoteminer_neural_training``."""
