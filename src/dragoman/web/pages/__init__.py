"""Pages, one module for each section; each lists its handlers in ROUTES."""
