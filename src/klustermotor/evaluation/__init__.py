"""What came of it: the evaluation of an initiative, the evaluator's text, and the reports."""
