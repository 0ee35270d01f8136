"""Many finds of the same, one result: what counts as the same, whose boundaries win, how confidences combine."""
