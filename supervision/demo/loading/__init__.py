"""Writing the demonstration into the database, floor by floor."""
