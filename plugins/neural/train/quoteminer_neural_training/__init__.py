"""Trains, calibrates and exports the models of ``quoteminer_neural``: that of ``quotes``, that of ``claims``, and what is ``common`` to them.

``python -m quoteminer_neural_training --help`` is for quotations, ``python -m quoteminer_neural_training.claims --help`` for claims.
"""
