"""Makes the small model that reads a question together with a passage; not installed with the package."""
