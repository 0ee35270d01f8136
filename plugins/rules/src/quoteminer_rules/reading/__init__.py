"""What stands in a text, as facts that are found once: tokens, sentences, quotation marks, phrases."""
