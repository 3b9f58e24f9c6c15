"""What programs read of petitions: JSON, CSV, OpenAPI, feeds, the embedded view."""
