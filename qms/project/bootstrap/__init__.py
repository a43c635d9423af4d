"""From a bare Python to a running installation: the only code that works before anything is installed.

Standard library only, and nothing of it may import Django. `manage.py up` and `manage.py test` begin here.
"""
