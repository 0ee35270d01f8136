"""Trains, calibrates and exports the model of ``quoteminer_neural``: ``python -m quoteminer_neural_training --help``."""
