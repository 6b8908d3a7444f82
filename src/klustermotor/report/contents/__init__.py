"""What a report says: an evaluation, and the text of people, put together as a document."""
