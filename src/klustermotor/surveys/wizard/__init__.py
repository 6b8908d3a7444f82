"""A questionnaire from a file that has none: proposed, shown as a form, corrected, kept.

The file itself is not kept between the steps: the form carries the draft, signed.
"""
