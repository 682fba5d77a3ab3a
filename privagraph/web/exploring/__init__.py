"""What the explorer shows: what was chosen, the network of it, its picture, and the index of names for the search."""
