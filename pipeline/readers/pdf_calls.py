"""The functions of pdfium that are called for every character and every drawing of a page."""

from __future__ import annotations

import ctypes
from typing import Any

import pypdfium2.raw as pdfium


def _plain(function: Any, result: Any = None) -> Any:
    """Give a function of pdfium to which ctypes passes its arguments as they are; checking them takes as long again.

    So what it is given must be right: pointers that pdfium gave, small integers, structures by `byref`. Nor does it let
    go of the interpreter for the fraction of a microsecond that the call takes.
    """
    address = ctypes.cast(function, ctypes.c_void_p).value or 0
    return ctypes.PYFUNCTYPE(result or function.restype)(address)


# The characters of a page.
loose_char_box = _plain(pdfium.FPDFText_GetLooseCharBox)
char_angle = _plain(pdfium.FPDFText_GetCharAngle)
char_origin = _plain(pdfium.FPDFText_GetCharOrigin)
lacks_text = _plain(pdfium.FPDFText_HasUnicodeMapError)
is_generated = _plain(pdfium.FPDFText_IsGenerated)
text_object = _plain(pdfium.FPDFText_GetTextObject, ctypes.c_void_p)

# The objects of a page.
count_objects = _plain(pdfium.FPDFPage_CountObjects)
page_object = _plain(pdfium.FPDFPage_GetObject)
object_type = _plain(pdfium.FPDFPageObj_GetType)
bounds_of = _plain(pdfium.FPDFPageObj_GetBounds)
matrix_of = _plain(pdfium.FPDFPageObj_GetMatrix)
fill_colour = _plain(pdfium.FPDFPageObj_GetFillColor)
mark_of = _plain(pdfium.FPDFPageObj_GetMarkedContentID)
set_active = _plain(pdfium.FPDFPageObj_SetIsActive)
draw_mode = _plain(pdfium.FPDFPath_GetDrawMode)
stroke_width = _plain(pdfium.FPDFPageObj_GetStrokeWidth)
count_segments = _plain(pdfium.FPDFPath_CountSegments)
path_segment = _plain(pdfium.FPDFPath_GetPathSegment)
segment_point = _plain(pdfium.FPDFPathSegment_GetPoint)
segment_type = _plain(pdfium.FPDFPathSegment_GetType)
segment_closes = _plain(pdfium.FPDFPathSegment_GetClose)
font_size = _plain(pdfium.FPDFTextObj_GetFontSize)
font_of = _plain(pdfium.FPDFTextObj_GetFont, ctypes.c_void_p)
render_mode = _plain(pdfium.FPDFTextObj_GetTextRenderMode)

# The structure of a tagged page.
count_children = _plain(pdfium.FPDF_StructElement_CountChildren)
child_at = _plain(pdfium.FPDF_StructElement_GetChildAtIndex)
child_mark = _plain(pdfium.FPDF_StructElement_GetChildMarkedContentID)
element_type = _plain(pdfium.FPDF_StructElement_GetType)

# Where pdfium puts what it is asked for. ctypes makes a class for each kind of array, and forgets it with the last
# array of that kind: kept here, they are not made anew for every page.
Sides = ctypes.c_float * 4
BothSides = ctypes.c_float * 8
Point = ctypes.c_double * 2
Colour = ctypes.c_uint * 4
Look = ctypes.c_byte * 44
Name = ctypes.c_char * 256
Kind = ctypes.c_char * 64
