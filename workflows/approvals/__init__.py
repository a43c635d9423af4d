"""How a revision of a document is routed: who is asked, in what order. The law is in procedures.documents."""
