"""Reading report prose: sentences, quantities, waves, directions, items."""
