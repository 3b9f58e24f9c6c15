"""Handing a petition over: dossier, signatures, signed manifest, the pages that show them, and what offices answer."""
