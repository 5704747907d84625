"""What the actions of the table do, a module a kind. Each takes the desk, and says which actions it does."""
