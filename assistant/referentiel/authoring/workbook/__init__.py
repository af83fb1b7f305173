"""A référentiel as a commented workbook that a person edits in Excel or LibreOffice, and back without loss."""
