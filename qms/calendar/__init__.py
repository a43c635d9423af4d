"""Working days and legal deadlines of Romania and Bulgaria, each computed date with its explanation."""
