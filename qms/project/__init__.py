"""The roof: settings, addresses, background worker, start-up. The only package that may import everything."""
