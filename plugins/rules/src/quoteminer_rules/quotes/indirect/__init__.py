"""Reports without marks: a cue in a frame, weighed by learned evidence, with bounds of its own."""
