"""What a store really does: trials on objects of our own, and what the tool does because of each outcome."""
