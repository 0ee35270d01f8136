"""What makes and checks the corpus: markup, gold, agreement, statistics, exports."""
