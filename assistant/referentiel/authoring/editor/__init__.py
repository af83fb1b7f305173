"""A référentiel while it is being put right: operations on plain content, each of which leaves a new content behind."""
