"""Mail: an outbox in the database, and the sender that empties it."""
