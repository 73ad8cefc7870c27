"""All tables as one workbook, and how it is read back."""
