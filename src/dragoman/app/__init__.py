"""Config, wiring and use cases: the only place that joins the parts."""
