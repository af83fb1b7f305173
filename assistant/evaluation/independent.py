"""A second reading of the pages, as plain as can be, that shares nothing with the reader it checks."""

import io


def raw_texts(data: bytes) -> dict[int, str]:
    """Page (1-based) -> the text pypdf extracts, words cut at line ends made whole, then pdfium's, as two readings."""
    import pypdfium2
    from pypdf import PdfReader

    document = pypdfium2.PdfDocument(data)
    reader = PdfReader(io.BytesIO(data))
    texts = {}
    for number, page in enumerate(reader.pages, start=1):
        second = document[number - 1].get_textpage().get_text_range()
        texts[number] = page.extract_text() + "\n" + second
    document.close()
    return texts
