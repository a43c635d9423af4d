"""What an administrator would trip over, each with its cure: run by `manage.py doctor`."""
