"""From the characters a reader typed to forms the models can count, each with the map back."""
