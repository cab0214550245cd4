"""Getting real things in: files of commands, of matrices and of reference facts, checked before anything is kept."""
