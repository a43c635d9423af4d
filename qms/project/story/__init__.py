"""The demo: two bodies on both sides of the Danube live a few weeks, through the doors, under a set clock."""
