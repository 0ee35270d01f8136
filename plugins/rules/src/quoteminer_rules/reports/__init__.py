"""Who is said to say what."""
