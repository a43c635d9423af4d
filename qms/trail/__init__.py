"""The trail: append-only events, chained per record, sealed into a Merkle tree and signed (RFC 6962)."""
