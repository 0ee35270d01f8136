"""Claims: the assertions of a text that can be checked, with who makes them.

``mining`` orders the search. ``voice`` says whose words are whose, ``sentences`` and ``clauses`` cut them into assertions, ``kinds``,
``attributes``, ``quantities`` and ``times`` describe each, and ``worth`` says how likely it is a claim and how much it deserves checking.
``words`` knows the word classes and ``lexicon`` reads them from ``data``.
"""
