"""The desk in a browser: pages rendered here, assets from here, nothing from elsewhere."""
