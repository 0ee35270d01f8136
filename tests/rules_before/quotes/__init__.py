"""Who said what: quotations with marks, reports without, and how the two are joined."""
