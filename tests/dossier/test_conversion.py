"""Word, LibreOffice, slides and pictures are turned into PDF; whatever else is refused with what to do."""

import io
import os
import shutil
import subprocess
import threading
import zipfile
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest
from docx import Document
from PIL import Image, ImageChops

from assistant.components import components_of
from assistant.dossier.files.besides import besides
from assistant.dossier.files.conversion import Converted, Converter
from assistant.dossier.files.kinds import kind_of
from assistant.dossier.isolation.process import Ceilings
from assistant.dossier.model import InputFile
from assistant.dossier.pdf.render import page_count, render_page
from assistant.dossier.read import read_dossier
from assistant.errors import UnreadableDossier
from assistant.progress import silent
from assistant.settings import Settings
from tests.dossier.pages import drawn, lines, pdf
from tests.dossier.test_pictures import TEXT, letters


def word() -> bytes:
    document = Document()
    document.add_heading("Relance des devis", 1)
    for text in TEXT:
        document.add_paragraph(text)
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def picture(kind: str) -> bytes:
    file = io.BytesIO()
    drawn(lines(TEXT)).save(file, kind)
    return file.getvalue()


@pytest.fixture
def converter(tmp_path: Path) -> Converter:
    return Converter(tmp_path / "converted")


def test_a_word_document_is_read_and_its_conversion_said(settings: Settings) -> None:
    dossier = components_of(settings).read((InputFile("dossier.docx", word()),), (), silent)
    assert [s.text for s in dossier.sentences][1:] == TEXT
    assert [(n.kind, n.detail) for n in dossier.notices] == [("converted", "document Word")]


def _slides(text: str) -> bytes:
    """A presentation with one slide, as a flat OpenDocument file."""
    return (
        '<?xml version="1.0" encoding="UTF-8"?><office:document '
        'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
        'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" '
        'xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0" '
        'xmlns:svg="urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0" office:version="1.2" '
        'office:mimetype="application/vnd.oasis.opendocument.presentation"><office:body><office:presentation>'
        '<draw:page draw:name="1"><draw:frame svg:x="2cm" svg:y="3cm" svg:width="22cm" svg:height="5cm"><draw:text-box>'
        f"<text:p>{text}</text:p></draw:text-box></draw:frame></draw:page>"
        "</office:presentation></office:body></office:document>"
    ).encode()


@pytest.mark.parametrize("target", ["odt", "odp", "pptx"])
def test_other_documents_are_turned_into_pdf(target: str, converter: Converter, tmp_path: Path) -> None:
    source = tmp_path / ("dossier.docx" if target == "odt" else "dossier.fodp")
    source.write_bytes(word() if target == "odt" else _slides(TEXT[1]))
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = ["soffice", profile, "--headless", "--convert-to", target, "--outdir", str(tmp_path), str(source)]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    made = converter.convert((tmp_path / f"dossier.{target}").read_bytes(), f"dossier.{target}")
    assert made.kind == target
    assert letters(TEXT[1]) in letters(read_dossier(made.pdf, "d").pages[0].text)


def test_a_picture_becomes_a_page_that_is_read(settings: Settings) -> None:
    dossier = components_of(settings).read((InputFile("page.png", picture("PNG")),), (), silent)
    assert [letters(s.text) for s in dossier.sentences] == [letters(text) for text in TEXT]


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "TIFF", "WEBP", "BMP"])
def test_a_page_made_of_a_picture_shows_what_the_picture_shows(kind: str, converter: Converter) -> None:
    made = converter.convert(picture(kind), f"page.{kind.lower()}")
    assert (made.kind, page_count(made.pdf)) == ("image", 1)
    page, shown = (
        image.convert("L").resize((420, 594)) for image in (drawn(lines(TEXT)), render_page(made.pdf, 1, 1.0))
    )
    ink, apart = _dark(page), _dark(ImageChops.invert(ImageChops.difference(page, shown)))
    assert ink > 300
    assert abs(_dark(shown) - ink) < 0.4 * ink
    assert apart < 0.6 * ink


def _dark(image: Image.Image) -> int:
    """Pixels that are darker than a light grey."""
    return sum(image.histogram()[:180])


def test_every_frame_of_a_fax_is_a_page(converter: Converter) -> None:
    file = io.BytesIO()
    frames = [drawn(lines([text])) for text in TEXT]
    frames[0].save(file, "TIFF", save_all=True, append_images=frames[1:])
    made = converter.convert(file.getvalue(), "fax.tif").pdf
    assert page_count(made) == len(TEXT)


def test_a_pdf_is_left_as_it_is(converter: Converter) -> None:
    data = pdf(lines(TEXT))
    assert converter.convert(data, "d.pdf") == Converted(data, None)


def test_a_conversion_is_made_once(converter: Converter, monkeypatch: pytest.MonkeyPatch) -> None:
    first = converter.convert(picture("PNG"), "p.png")
    monkeypatch.setattr("subprocess.Popen", None)
    assert converter.convert(picture("PNG"), "p.png") == first


def test_without_libreoffice_a_word_document_is_refused_with_what_to_do(
    converter: Converter, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shutil, "which", lambda name: None)
    with pytest.raises(UnreadableDossier, match="exportez-le au format PDF"):
        converter.convert(word(), "d.docx")


@pytest.mark.parametrize("data", [picture("PNG")[:2000], b"PK\x03\x04 nothing", b"\xff\xd8\xff nothing at all"])
def test_damaged_files_end_in_one_sentence(data: bytes, settings: Settings) -> None:
    with pytest.raises(UnreadableDossier) as caught:
        components_of(settings).read((InputFile("dossier", data),), (), silent)
    assert caught.value.message.endswith("réessayez.")


def test_a_bomb_is_refused(converter: Converter) -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        archive.writestr("word/document.xml", bytes(700 * 2**20))
    with pytest.raises(UnreadableDossier, match="volumineux"):
        converter.convert(file.getvalue(), "d.docx")
    huge = io.BytesIO()
    Image.new("1", (30_000, 30_000)).save(huge, "PNG", compress_level=1)
    with pytest.raises(UnreadableDossier):
        converter.convert(huge.getvalue(), "h.png")


class _Listener(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.server.asked.append(self.path)  # type: ignore[attr-defined]
        self.send_error(404)

    do_HEAD = do_OPTIONS = do_PROPFIND = do_GET

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def listener() -> Iterator[HTTPServer]:
    server = HTTPServer(("127.0.0.1", 0), _Listener)
    server.asked = []  # type: ignore[attr-defined]
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield server
    server.shutdown()
    server.server_close()


def test_pictures_linked_from_elsewhere_are_not_fetched(converter: Converter, listener: HTTPServer) -> None:
    address = f"http://127.0.0.1:{listener.server_port}/follow.png"
    image = f'<draw:frame svg:width="3cm" svg:height="3cm"><draw:image xlink:href="{address}"/></draw:frame>'
    content = (
        '<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
        'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" '
        'xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0" '
        'xmlns:svg="urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0" '
        'xmlns:xlink="http://www.w3.org/1999/xlink" office:version="1.2"><office:body><office:text>'
        f"<text:p>Bonjour à tous.{image}</text:p></office:text></office:body></office:document-content>"
    )
    manifest = (
        '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
        '<manifest:file-entry manifest:full-path="/" manifest:media-type="application/vnd.oasis.opendocument.text"/>'
        '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>'
    )
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        archive.writestr("content.xml", content)
        archive.writestr("META-INF/manifest.xml", manifest)
    made = converter.convert(file.getvalue(), "d.odt")
    assert made.kind == "odt"
    assert "Bonjour" in read_dossier(made.pdf, "d").pages[0].text
    assert listener.asked == []  # type: ignore[attr-defined]


def test_a_kind_is_told_by_the_content_not_by_the_name() -> None:
    assert kind_of(word()) == "docx"
    assert kind_of(picture("WEBP")) == "image"
    assert kind_of(b"%PDF-1.7") is None
    assert kind_of(b"hello") is None


@pytest.mark.parametrize("holding", ["while :; do :; done", "sleep 600"])
def test_a_document_that_holds_libreoffice_is_named_and_left(
    holding: str, converter: Converter, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    office = tmp_path / "bin" / "soffice"
    office.parent.mkdir()
    office.write_text(f"#!/bin/sh\n{holding}\n", encoding="utf-8")
    office.chmod(0o755)
    monkeypatch.setenv("PATH", f"{office.parent}:{os.environ['PATH']}")
    monkeypatch.setattr("assistant.dossier.files.conversion.OFFICE_TIME", Ceilings(cpu=1.0, idle=1.0))
    with pytest.raises(UnreadableDossier, match=r"mon dossier\.docx"):
        converter.convert(word(), "mon dossier.docx")


def test_a_missing_part_of_libreoffice_is_named(
    converter: Converter, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    office = tmp_path / "program" / "soffice"
    office.parent.mkdir()
    office.write_text("#!/bin/sh\nexit 1\n", encoding="utf-8")
    office.chmod(0o755)
    (office.parent / "libswlo.so").touch()
    monkeypatch.setenv("PATH", f"{office.parent}:{os.environ['PATH']}")
    slides = io.BytesIO()
    with zipfile.ZipFile(slides, "w") as archive:
        archive.writestr("ppt/presentation.xml", "<p/>")
    with pytest.raises(UnreadableDossier, match="libreoffice-impress"):
        converter.convert(slides.getvalue(), "soutenance.pptx")


def _note(words: str) -> str:
    return f'<p:notes xmlns:p="p" xmlns:a="a"><a:t>{words}</a:t><a:t>3</a:t></p:notes>'


def test_speaker_notes_and_comments_are_said_to_exist() -> None:
    slides = io.BytesIO()
    with zipfile.ZipFile(slides, "w") as archive:
        archive.writestr("ppt/presentation.xml", "<p/>")
        archive.writestr("ppt/notesSlides/notesSlide1.xml", _note("Parler des relances."))
        archive.writestr("ppt/notesSlides/notesSlide2.xml", _note(""))
        archive.writestr("ppt/comments/comment1.xml", "<c/>")
    assert [(n.kind, n.detail) for n in besides(slides.getvalue(), "pptx")] == [
        ("speaker_notes", "1 diapositive"), ("comments", ""),
    ]  # fmt: skip
    assert besides(word(), "docx") == ()
