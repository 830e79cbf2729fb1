"""Records: are they right, and how they enter and leave a fact file."""
