"""What people were asked and what they said: questionnaires, interviews, who works where."""
