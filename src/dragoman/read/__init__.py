"""Document + Parse → Reading: everything that finders may look at."""
