"""What migration 0003 moves: from runs, candidacies and entries to the tables of the house. Frozen: never changed again."""
