"""Claims: the assertions of a text that can be checked, with who makes them.

``mining`` orders the search: it reads a text block by block. ``sentences`` cuts it, ``voice`` says whose words are whose, ``clauses`` and
``verb_groups`` cut the words of one voice into assertions, ``stretches`` says where those stand. ``kinds``, ``quantities`` and ``times`` describe
each, ``check_worthiness`` says how likely it is a claim and how much it deserves checking, ``fiction`` which texts have none.

``words`` tells what each token can be, as bits that ``lexicon`` makes of the classes of a language. All words stand in the files of the language:
``words.tsv``, ``verbs.tsv``, ``pronouns.tsv``, ``endings.tsv``, ``times.tsv``, ``numbers.tsv`` and ``weights/claims.tsv``.
"""
