"""Machinery for the data of languages; no word of any language stands here."""
