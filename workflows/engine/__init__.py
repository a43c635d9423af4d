"""The task side: who is asked, in what order, by when. Tasks follow the state; nothing here changes a state."""
