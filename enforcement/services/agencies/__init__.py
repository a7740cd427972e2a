"""Acts that change what an agency is: a new name, an end, a successor."""
