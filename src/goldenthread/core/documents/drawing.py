"""An SVG as PNG, for files that cannot hold SVG."""

from __future__ import annotations

import json

import typst

from goldenthread.core.documents.pdf import fonts

_PAGE = b"""#set page(width: 160mm, height: auto, margin: 0pt)
#image(bytes(json(bytes(sys.inputs.drawing))), format: "svg", width: 100%)"""


def to_png(svg: str, *, dots: int = 150) -> bytes:
    """The drawing 160 mm wide at `dots` an inch."""
    made: bytes = typst.compile(
        _PAGE, font_paths=fonts(), format="png", ppi=dots, sys_inputs={"drawing": json.dumps(svg)}
    )
    return made
