"""Reading → claims: finders and the coder that runs them."""
