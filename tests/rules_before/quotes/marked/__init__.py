"""Quotations inside marks, in turns of a transcript, behind dashes and in block quotations."""
