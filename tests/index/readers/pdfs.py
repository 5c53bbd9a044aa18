"""PDFs as small as they get, for what no program would make on purpose."""

from collections.abc import Mapping, Sequence

Words = tuple[float, float, float, str]
"""From the left, from the bottom, how large, and what."""


def lines(*texts: str, top: float = 700, left: float = 72, size: float = 10) -> list[Words]:
    """One below the other."""
    return [(left, top - 12 * number, size, text) for number, text in enumerate(texts)]


def pdf_of(
    pages: Sequence[Sequence[Words]], about: Mapping[str, str] | None = None, *, sideways: bool = False
) -> bytes:
    """A page for each list of words in Helvetica; `sideways` they are written upwards on a page that is turned."""
    shown = ["\n".join(_drawn(*words, sideways=sideways) for words in page) for page in pages]
    return pdf_with([page.encode("cp1252") for page in shown], about=about, turned=90 if sideways else 0)


def pdf_with(
    contents: Sequence[bytes],
    *,
    about: Mapping[str, str] | None = None,
    forms: Sequence[bytes] = (),
    turned: int = 0,
    packed: bool = False,
) -> bytes:
    """A page for each content stream; each of `forms` may be drawn as `/F0 Do`, `/F1 Do` and so on."""
    first_form = 4 + 2 * len(contents)
    named = " ".join(f"/F{number} {first_form + number} 0 R" for number in range(len(forms)))
    image = (
        "<< /Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8 /Length 1 >>"
    )
    resources = f"<< /Font << /H 3 0 R >> /XObject << /Im {first_form + len(forms)} 0 R {named} >> >>"
    kids = " ".join(f"{4 + 2 * number} 0 R" for number in range(len(contents)))
    objects: list[bytes] = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(contents)} >>".encode(),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    ]
    for number, content in enumerate(contents):
        page = f"/Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Rotate {turned} /Contents {5 + 2 * number} 0 R"
        objects += [
            f"<< {page} /Resources {resources} >>".encode(),
            _stream("/Filter /FlateDecode" if packed else "", content),
        ]
    objects += [
        _stream(f"/Type /XObject /Subtype /Form /BBox [0 0 600 800] /Resources {resources}", form) for form in forms
    ]
    objects.append(image.encode() + b"\nstream\n\x80\nendstream")
    objects.append(
        b"<< " + b" ".join(f"/{key} ({text})".encode("cp1252") for key, text in (about or {}).items()) + b" >>"
    )
    return _joined(objects)


def _drawn(left: float, base: float, size: float, text: str, *, sideways: bool) -> str:
    escaped = text.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
    matrix = f"0 1 -1 0 {800 - base} {left}" if sideways else f"1 0 0 1 {left} {base}"
    return f"BT /H {size} Tf {matrix} Tm ({escaped}) Tj ET"


def _stream(fields: str, content: bytes) -> bytes:
    return f"<< {fields} /Length {len(content)} >>\nstream\n".encode() + content + b"\nendstream"


def _joined(objects: Sequence[bytes]) -> bytes:
    whole, places = b"%PDF-1.7\n", []
    for number, content in enumerate(objects, 1):
        places.append(len(whole))
        whole += f"{number} 0 obj\n".encode() + content + b"\nendobj\n"
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    trailer = f"trailer\n<< /Size {len(objects) + 1} /Root 1 0 R /Info {len(objects)} 0 R >>\nstartxref\n{len(whole)}"
    return whole + f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}{trailer}\n%%EOF\n".encode()
