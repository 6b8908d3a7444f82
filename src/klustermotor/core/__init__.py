"""What every room stands on: users, history, lists, search, jobs and the look."""
