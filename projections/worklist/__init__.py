"""What is to be done: about submissions, matrices, the exchange with States, letters, and sources that are gone."""
