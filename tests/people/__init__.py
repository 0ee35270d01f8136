"""The linker that takes lists of people."""
