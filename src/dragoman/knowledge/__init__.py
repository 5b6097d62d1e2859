"""Reference facts: codebook, gazetteer, lexicons, crosswalks; the facts are TSV and TOML beside the code."""
