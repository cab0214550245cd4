"""The doors: command line, web pages, and what joins the parts; no rule of the Committee lives here."""
