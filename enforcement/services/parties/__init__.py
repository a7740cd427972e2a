"""Acts on parties beyond adding and editing: a new name, a credit tier, object classes."""
