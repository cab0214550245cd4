"""The annual review (paragraphs 2 and 6(a)(i)): its data cut-off, input, drafts, and the priorities that it states.

That a review is adopted and transmitted are steps of its deadline.
"""
