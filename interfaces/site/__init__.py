"""The public site: static pages of what anyone may read now, made from the record alone."""
