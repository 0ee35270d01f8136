"""Claims by a trained scorer: how likely each sentence states something checkable, and how much that deserves a check.

``sentences`` finds the sentences of an encoded text, ``chunks`` puts them into windows, ``scoring`` asks the model and turns its answers into
probabilities. ``files`` reads the model from ``data``.
"""
