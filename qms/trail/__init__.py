"""The trail: append-only events, chained per record, sealed into a Merkle tree and signed (21 CFR 11.10 e; RFC 6962)."""
