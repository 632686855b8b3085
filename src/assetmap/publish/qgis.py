"""Styles that QGIS puts on by itself: how each layer of the GeoPackage is drawn, and its key.

Two texts a layer: QML, which QGIS applies on opening, and SLD 1.1 (OGC 05-077r4), which other
software reads. Results are told apart by fill, pattern and outline; themes by their mark.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET  # builds only; nothing is parsed here

from assetmap.frames.results import LEVELS
from assetmap.publish.plain import shown
from assetmap.publish.style import LEVEL_CODE, LIGHT

if TYPE_CHECKING:
    from collections.abc import Mapping

    from assetmap.publish.edition import Edition
    from assetmap.publish.vectors import Vector
    from assetmap.publish.words import Words

HATCHES = {1: 45.0, 3: 0.0, 4: 90.0}
"""Degrees of the lines drawn on a result's fill, as on the page."""
DOTTED, CROSSED = 2, 6
MARKS = ("circle", "square", "diamond", "triangle", "pentagon", "star", "cross_fill", "hexagon",
         "equilateral_triangle", "octagon", "half_square", "cross", "arrow")  # fmt: skip
SE_MARKS = ("circle", "square", "star", "triangle", "cross", "x")
SE_HATCHES = {1: "shape://slash", 2: "circle", 3: "shape://horline", 4: "shape://vertline",
              6: "x"}  # fmt: skip
NAMESPACES = {
    "xmlns": "http://www.opengis.net/sld", "xmlns:se": "http://www.opengis.net/se",
    "xmlns:ogc": "http://www.opengis.net/ogc", "version": "1.1.0",
}  # fmt: skip


@dataclass(frozen=True)
class Entry:
    """One line of a layer's key: the value it stands for, its words, and which look it has."""

    value: str
    label: str
    look: int


def styles_of(vector: Vector, edition: Edition, words: Words) -> tuple[str, str]:
    """The layer's style as QML and as SLD."""
    column, entries = _key(vector, edition, words)
    return _qml(vector, column, entries), _sld(vector, column, entries)


def _key(vector: Vector, edition: Edition, words: Words) -> tuple[str, tuple[Entry, ...]]:
    """Which column tells rows apart, and the key; no column where all rows look alike."""
    if vector.name == "areas":
        return "result_code", tuple(
            Entry(str(LEVEL_CODE[level]), words.level(level), LEVEL_CODE[level]) for level in LEVELS
        )
    if vector.name == "assets":
        themes = sorted({str(theme) for theme in vector.shapes["theme"]})
        return "theme", tuple(
            Entry(theme, shown(edition.themes.get(theme, theme)), number)
            for number, theme in enumerate(themes)
        )
    key = "file.ground_within" if vector.name == "ground_within" else "file.scheme"
    return "", (Entry("", words.say(key), 0),)


# ------------------------------------------------------------------------------ QML


def _qml(vector: Vector, column: str, entries: tuple[Entry, ...]) -> str:
    whole = ET.Element("qgis", version="3.28.0", styleCategories="Symbology|Fields")
    kind = "categorizedSymbol" if column else "singleSymbol"
    drawn = ET.SubElement(whole, "renderer-v2", type=kind, symbollevels="0", enableorderby="0")
    if column:
        drawn.set("attr", column)
        listed = ET.SubElement(drawn, "categories")
        of = "long" if column == "result_code" else "string"
        for number, entry in enumerate(entries):
            ET.SubElement(
                listed, "category", type=of, value=entry.value, symbol=str(number),
                label=entry.label, render="true",
            )  # fmt: skip
    symbols = ET.SubElement(drawn, "symbols")
    for number, entry in enumerate(entries):
        _symbol(symbols, str(number), vector, entry.look)
    aliases = ET.SubElement(whole, "aliases")
    for number, held in enumerate(vector.sheet.columns, start=1):
        ET.SubElement(aliases, "alias", field=held.name, index=str(number), name=held.says)
    ET.indent(whole, " ")
    kind = "<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>\n"
    return kind + ET.tostring(whole, encoding="unicode")


def _symbol(above: ET.Element, name: str, vector: Vector, look: int) -> None:
    if vector.kind == "point":
        made = _of_kind(above, "marker", name)
        _layer(made, "SimpleMarker", _marker(vector.name, look))
        return
    made = _of_kind(above, "fill", name)
    if vector.name == "areas":
        _layer(made, "SimpleFill", {
            "color": _rgba(f"r{look}"), "style": "solid", "outline_color": _rgba("line"),
            "outline_width": "0.7" if look == 1 else "0.3", "outline_style": "solid",
            "outline_width_unit": "MM",
        })  # fmt: skip
        _pattern(made, name, look)
        return
    _layer(made, "SimpleFill", {
        "color": _rgba("scheme"), "style": "no", "outline_color": _rgba("scheme"),
        "outline_width": "0.8", "outline_style": "dash", "outline_width_unit": "MM",
    })  # fmt: skip


def _pattern(symbol: ET.Element, name: str, look: int) -> None:
    """What is drawn over the fill, so that results differ without their colours."""
    angles = [HATCHES[look]] if look in HATCHES else [45.0, 135.0] if look == CROSSED else []
    for place, angle in enumerate(angles, start=1):
        lined = _layer(symbol, "LinePatternFill", {
            "angle": f"{angle:g}", "distance": "2.4", "distance_unit": "MM",
            "color": _rgba(f"i{look}"), "line_width": "0.4", "line_width_unit": "MM",
        })  # fmt: skip
        inner = _of_kind(lined, "line", f"@{name}@{place}")
        _layer(inner, "SimpleLine", {
            "line_color": _rgba(f"i{look}"), "line_style": "solid",
            "line_width": "0.5" if look == 1 else "0.3", "line_width_unit": "MM",
        })  # fmt: skip
    if look == DOTTED:
        dotted = _layer(symbol, "PointPatternFill", {
            "distance_x": "2.4", "distance_y": "2.4", "displacement_x": "1.2",
            "distance_x_unit": "MM", "distance_y_unit": "MM", "displacement_x_unit": "MM",
        })  # fmt: skip
        inner = _of_kind(dotted, "marker", f"@{name}@1")
        _layer(inner, "SimpleMarker", {
            "name": "circle", "color": _rgba(f"i{look}"), "outline_style": "no", "size": "0.9",
            "size_unit": "MM",
        })  # fmt: skip


def _marker(layer: str, look: int) -> dict[str, str]:
    mark = MARKS[look % len(MARKS)] if layer == "assets" else "star"
    ink = "asset" if layer == "assets" else "scheme"
    return {
        "name": mark, "color": _rgba(ink), "size": "2.8", "size_unit": "MM",
        "outline_color": "255,255,255,255", "outline_style": "solid", "outline_width": "0.3",
        "outline_width_unit": "MM",
    }  # fmt: skip


def _of_kind(above: ET.Element, kind: str, name: str) -> ET.Element:
    return ET.SubElement(
        above, "symbol", type=kind, name=name, alpha="1", clip_to_extent="1", force_rhr="0"
    )


def _layer(symbol: ET.Element, kind: str, settings: Mapping[str, str]) -> ET.Element:
    layer = ET.SubElement(symbol, "layer", {"class": kind}, enabled="1", locked="0")
    layer.set("pass", "0")
    options = ET.SubElement(layer, "Option", type="Map")
    for name, value in settings.items():
        ET.SubElement(options, "Option", name=name, type="QString", value=value)
    return layer


def _rgba(name: str) -> str:
    digits = LIGHT[name].removeprefix("#")
    parts = [str(int(digits[place : place + 2], 16)) for place in (0, 2, 4)]
    return ",".join([*parts, "255"])


# ------------------------------------------------------------------------------ SLD


def _sld(vector: Vector, column: str, entries: tuple[Entry, ...]) -> str:
    whole = ET.Element("StyledLayerDescriptor", NAMESPACES)
    named = ET.SubElement(whole, "NamedLayer")
    ET.SubElement(named, "se:Name").text = vector.name
    style = ET.SubElement(ET.SubElement(named, "UserStyle"), "se:FeatureTypeStyle")
    for entry in entries:
        rule = ET.SubElement(style, "se:Rule")
        ET.SubElement(rule, "se:Name").text = entry.label
        if column:
            test = ET.SubElement(ET.SubElement(rule, "ogc:Filter"), "ogc:PropertyIsEqualTo")
            ET.SubElement(test, "ogc:PropertyName").text = column
            ET.SubElement(test, "ogc:Literal").text = entry.value
        _drawn(rule, vector, entry.look)
    ET.indent(whole, " ")
    return ET.tostring(whole, encoding="unicode")


def _drawn(rule: ET.Element, vector: Vector, look: int) -> None:
    if vector.kind == "point":
        graphic = ET.SubElement(ET.SubElement(rule, "se:PointSymbolizer"), "se:Graphic")
        ink = "asset" if vector.name == "assets" else "scheme"
        _mark(graphic, SE_MARKS[look % len(SE_MARKS)], LIGHT[ink])
        return
    area = ET.SubElement(rule, "se:PolygonSymbolizer")
    if vector.name != "areas":
        _stroke(area, LIGHT["scheme"], "2")
        return
    _fill(area, LIGHT[f"r{look}"])
    _stroke(area, LIGHT["line"], "2" if look == 1 else "1")
    if look in SE_HATCHES:
        over = ET.SubElement(ET.SubElement(rule, "se:PolygonSymbolizer"), "se:Fill")
        graphic = ET.SubElement(ET.SubElement(over, "se:GraphicFill"), "se:Graphic")
        _mark(graphic, SE_HATCHES[look], LIGHT[f"i{look}"])


def _mark(graphic: ET.Element, name: str, colour: str) -> None:
    mark = ET.SubElement(graphic, "se:Mark")
    ET.SubElement(mark, "se:WellKnownName").text = name
    _fill(mark, colour)
    _stroke(mark, colour, "1")
    ET.SubElement(graphic, "se:Size").text = "9"


def _fill(above: ET.Element, colour: str) -> None:
    fill = ET.SubElement(above, "se:Fill")
    ET.SubElement(fill, "se:SvgParameter", name="fill").text = colour


def _stroke(above: ET.Element, colour: str, width: str) -> None:
    stroke = ET.SubElement(above, "se:Stroke")
    ET.SubElement(stroke, "se:SvgParameter", name="stroke").text = colour
    ET.SubElement(stroke, "se:SvgParameter", name="stroke-width").text = width
