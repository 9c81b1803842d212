"""Fonts with colours of their own, and what their glyphs look like, by arithmetic that is not the engine's.

    pip install fonttools
    python3 tests/cases/fonts/colors.py     writes colors.ttf, colors-axis.ttf and colors.json beside itself

Each glyph uses one kind of paint of COLR 1 or one mode of compositing. colors.json says for each, at places in font units (1,000 to
the em), the straight RGBA that the specification asks for there. The second font is the same idea with numbers that move along `wght`.
"""
import json
import math
import os
import struct
import zlib

from fontTools.colorLib import builder
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import newTable
from fontTools.ttLib.tables import otTables as ot
from fontTools.ttLib.tables.BitmapGlyphMetrics import SmallGlyphMetrics
from fontTools.ttLib.tables.C_B_D_T_ import cbdt_bitmap_format_17
from fontTools.ttLib.tables.E_B_L_C_ import BitmapSizeTable, SbitLineMetrics, Strike as CblcStrike, eblc_index_sub_table_1
from fontTools.ttLib.tables.sbixGlyph import Glyph as SbixGlyph
from fontTools.ttLib.tables.sbixStrike import Strike
from fontTools.varLib.varStore import OnlineVarStoreBuilder
from fontTools.varLib.models import VariationModel

HERE = os.path.dirname(os.path.abspath(__file__))
# Bytes, as CPAL has them; the last stands for the text's own.
PALETTE = [(230, 40, 30, 255), (20, 90, 220, 255), (250, 210, 20, 255), (10, 160, 90, 255), (255, 255, 255, 255), (60, 20, 90, 160)]
TEXT = 0xFFFF
TEXT_COLOR = (12, 34, 56, 255)

MODES = """clear src dest src_over dest_over src_in dest_in src_out dest_out src_atop dest_atop xor plus screen overlay darken lighten
color_dodge color_burn hard_light soft_light difference exclusion multiply hsl_hue hsl_saturation hsl_color hsl_luminosity""".split()


# --- what is asked for ---------------------------------------------------------------------------------------------------------------

def color(index, alpha=1.0):
    r, g, b, a = TEXT_COLOR if index == TEXT else PALETTE[index]
    return (r / 255, g / 255, b / 255, a / 255 * alpha)


def on_line(stops, extend, t):
    stops = sorted(stops, key=lambda s: s[0])
    first, last = stops[0][0], stops[-1][0]
    if last > first:
        u = (t - first) / (last - first)
        if extend == "repeat":
            t = first + (u % 1.0) * (last - first)
        elif extend == "reflect":
            u = u % 2.0
            t = first + (2.0 - u if u > 1.0 else u) * (last - first)
    if t <= first:
        return color(*stops[0][1:])
    for (a, *ca), (b, *cb) in zip(stops, stops[1:]):
        if a <= t < b:
            k = (t - a) / (b - a)
            return tuple(p + (q - p) * k for p, q in zip(color(*ca), color(*cb)))
    return color(*stops[-1][1:])


def linear(p0, p1, p2, stops, extend):
    def at(x, y):
        # p3: p1 seen along p0 p2, on the line across it.
        px, py = -(p2[1] - p0[1]), p2[0] - p0[0]
        k = ((p1[0] - p0[0]) * px + (p1[1] - p0[1]) * py) / (px * px + py * py)
        vx, vy = px * k, py * k
        return on_line(stops, extend, ((x - p0[0]) * vx + (y - p0[1]) * vy) / (vx * vx + vy * vy))
    return at


def radial(c0, r0, c1, r1, stops, extend):
    def at(x, y):
        # The largest t with |p - c(t)| = r(t) and r(t) >= 0.
        dx, dy, dr = c1[0] - c0[0], c1[1] - c0[1], r1 - r0
        px, py = x - c0[0], y - c0[1]
        a, b, c = dx * dx + dy * dy - dr * dr, -2 * (px * dx + py * dy + r0 * dr), px * px + py * py - r0 * r0
        if a == 0:
            roots = [-c / b] if b else []
        else:
            disc = b * b - 4 * a * c
            roots = [(-b + s * math.sqrt(disc)) / (2 * a) for s in (1, -1)] if disc >= 0 else []
        roots = [t for t in roots if r0 + t * dr >= 0]
        return on_line(stops, extend, max(roots)) if roots else (0, 0, 0, 0)
    return at


def sweep(c, start, end, stops, extend):
    def at(x, y):
        angle = math.degrees(math.atan2(y - c[1], x - c[0])) % 360
        return on_line(stops, extend, (angle - start) / (end - start))
    return at


def blended(mode, s, d):
    """Straight colours in and out; W3C Compositing and Blending 1."""
    sa, da = s[3], d[3]
    lum = lambda c: 0.3 * c[0] + 0.59 * c[1] + 0.11 * c[2]
    sat = lambda c: max(c) - min(c)

    def clip(c):
        l, n, x = lum(c), min(c), max(c)
        if n < 0:
            c = [l + (v - l) * l / (l - n) for v in c]
        if x > 1:
            c = [l + (v - l) * (1 - l) / (x - l) for v in c]
        return c

    def set_lum(c, l):
        return clip([v + l - lum(c) for v in c])

    def set_sat(c, to):
        if sat(c) == 0:
            return [0, 0, 0]
        return [(v - min(c)) * to / sat(c) for v in c]

    hard = lambda s, d: 2 * s * d if s <= 0.5 else 1 - 2 * (1 - s) * (1 - d)

    def soft(s, d):
        if s <= 0.5:
            return d - (1 - 2 * s) * d * (1 - d)
        root = ((16 * d - 12) * d + 4) * d if d <= 0.25 else math.sqrt(d)
        return d + (2 * s - 1) * (root - d)

    one = {
        "screen": lambda s, d: s + d - s * d, "overlay": lambda s, d: hard(d, s), "darken": min, "lighten": max,
        "color_dodge": lambda s, d: 0 if d == 0 else 1 if s == 1 else min(1, d / (1 - s)),
        "color_burn": lambda s, d: 1 if d == 1 else 0 if s == 0 else 1 - min(1, (1 - d) / s),
        "hard_light": hard, "soft_light": soft, "difference": lambda s, d: abs(s - d), "exclusion": lambda s, d: s + d - 2 * s * d,
        "multiply": lambda s, d: s * d,
    }
    whole = {
        "hsl_hue": lambda s, d: set_lum(set_sat(s, sat(d)), lum(d)), "hsl_saturation": lambda s, d: set_lum(set_sat(d, sat(s)), lum(d)),
        "hsl_color": lambda s, d: set_lum(s, lum(d)), "hsl_luminosity": lambda s, d: set_lum(d, lum(s)),
    }
    shares = {
        "clear": (0, 0), "src": (1, 0), "dest": (0, 1), "src_over": (1, 1 - sa), "dest_over": (1 - da, 1), "src_in": (da, 0),
        "dest_in": (0, sa), "src_out": (1 - da, 0), "dest_out": (0, 1 - sa), "src_atop": (da, 1 - sa), "dest_atop": (1 - da, sa),
        "xor": (1 - da, 1 - sa), "plus": (1, 1),
    }
    if mode in shares:
        fa, fb = shares[mode]
        a = min(1, sa * fa + da * fb)
        c = [min(1, s[i] * sa * fa + d[i] * da * fb) for i in range(3)]
    else:
        both = whole[mode](s[:3], d[:3]) if mode in whole else [one[mode](p, q) for p, q in zip(s[:3], d[:3])]
        a = sa + da - sa * da
        c = [s[i] * sa * (1 - da) + d[i] * da * (1 - sa) + both[i] * sa * da for i in range(3)]
    return (*(v / a if a else 0 for v in c), a)


# --- the fonts -----------------------------------------------------------------------------------------------------------------------

def rectangle(left, bottom, right, top):
    pen = TTGlyphPen(None)
    pen.moveTo((left, bottom))
    for at in ((left, top), (right, top), (right, bottom)):
        pen.lineTo(at)
    pen.closePath()
    return pen.glyph()


SHAPES = {"square": (0, 0, 1000, 1000), "low": (0, 0, 1000, 600), "right": (400, 200, 1000, 1000), "small": (100, 100, 400, 300)}


def line(stops, extend="pad"):
    return {"Extend": extend, "ColorStop": [{"StopOffset": at, "PaletteIndex": i, "Alpha": a} for at, i, a in stops]}


def glyph(paint, shape="square"):
    return {"Format": ot.PaintFormat.PaintGlyph, "Glyph": shape, "Paint": paint}


def solid(index, alpha=1.0):
    return {"Format": ot.PaintFormat.PaintSolid, "PaletteIndex": index, "Alpha": alpha}


# Middles of pixels, where an em is 100 px.
GRID = [(x, y) for x in (65, 305, 535, 755, 935) for y in (75, 255, 445, 665, 945)]
FOUR = [(65, 75), (65, 945), (755, 945), (755, 445)]
RAINBOW = [(0.0, 0, 1.0), (0.4, 2, 1.0), (1.0, 1, 1.0)]
# Not from 0 to 1, out of order, and with alpha.
ODD = [(0.75, 1, 0.4), (0.25, 3, 1.0), (0.5, TEXT, 0.8)]


def gradients():
    F = ot.PaintFormat
    for extend in ("pad", "repeat", "reflect"):
        for name, stops in (("", RAINBOW), (" odd stops", ODD)):
            p = ((300, 200), (700, 300), (200, 500))
            yield f"linear {extend}{name}", glyph(
                {"Format": F.PaintLinearGradient, "ColorLine": line(stops, extend), "x0": p[0][0], "y0": p[0][1], "x1": p[1][0], "y1": p[1][1], "x2": p[2][0], "y2": p[2][1]}
            ), linear(*p, stops, extend)
            for kind, (c0, r0, c1, r1) in {
                "one in the other": ((450, 500), 50, (550, 500), 300), "shrinking": ((500, 450), 400, (400, 500), 60),
                "cone": ((250, 500), 60, (700, 500), 200), "strip": ((300, 300), 150, (700, 600), 150), "touching": ((300, 500), 100, (400, 500), 200),
            }.items():
                yield f"radial {kind} {extend}{name}", glyph(
                    {"Format": F.PaintRadialGradient, "ColorLine": line(stops, extend), "x0": c0[0], "y0": c0[1], "r0": r0, "x1": c1[0], "y1": c1[1], "r1": r1}
                ), radial(c0, r0, c1, r1, stops, extend)
            for kind, (start, end) in {"whole": (0, 360), "part": (45, 200), "backward": (300, 60), "across": (-90, 90)}.items():
                yield f"sweep {kind} {extend}{name}", glyph(
                    {"Format": F.PaintSweepGradient, "ColorLine": line(stops, extend), "centerX": 480, "centerY": 520, "startAngle": start, "endAngle": end}
                ), sweep((480, 520), start, end, stops, extend)


def composites():
    for mode in MODES:
        for name, (si, sa, di, da) in {"": (2, 0.7, 1, 0.8), " opaque": (0, 1.0, 3, 1.0)}.items():
            paint = {"Format": ot.PaintFormat.PaintComposite, "CompositeMode": mode, "SourcePaint": glyph(solid(si, sa), "right"), "BackdropPaint": glyph(solid(di, da), "low")}

            def at(x, y, mode=mode, s=color(si, sa), d=color(di, da)):
                none = (0, 0, 0, 0)
                top = s if x > 400 and y > 200 else none
                below = d if y < 600 else none
                return blended(mode, top, below)

            # One place where neither is, one for each alone, one for both.
            yield f"composite {mode}{name}", paint, lambda x, y, at=at: at(x, y) if (x, y) in FOUR else None


def transforms():
    F = ot.PaintFormat
    inner = glyph(solid(0), "small")
    cases = {
        "translate": ({"Format": F.PaintTranslate, "dx": 300, "dy": 250}, (1, 0, 0, 1, 300, 250)),
        "scale": ({"Format": F.PaintScale, "scaleX": 1.5, "scaleY": 1.9}, (1.5, 0, 0, 1.9, 0, 0)),
        "scale around": ({"Format": F.PaintScaleAroundCenter, "scaleX": 1.5, "scaleY": -1, "centerX": 100, "centerY": 400}, None),
        "scale evenly": ({"Format": F.PaintScaleUniform, "scale": 1.75}, (1.75, 0, 0, 1.75, 0, 0)),
        "scale evenly around": ({"Format": F.PaintScaleUniformAroundCenter, "scale": -1.5, "centerX": 400, "centerY": 300}, None),
        "rotate": ({"Format": F.PaintRotate, "angle": 40}, None),
        "rotate around": ({"Format": F.PaintRotateAroundCenter, "angle": -70, "centerX": 400, "centerY": 300}, None),
        "skew": ({"Format": F.PaintSkew, "xSkewAngle": -30, "ySkewAngle": 20}, None),
        "skew around": ({"Format": F.PaintSkewAroundCenter, "xSkewAngle": 25, "ySkewAngle": -15, "centerX": 250, "centerY": 0}, None),
        "transform": ({"Format": F.PaintTransform, "Transform": (1.2, 0.5, -0.4, 1.4, 260.5, 90.25)}, (1.2, 0.5, -0.4, 1.4, 260.5, 90.25)),
    }
    for name, (paint, matrix) in cases.items():
        if matrix is None:
            sx, sy = paint.get("scaleX", paint.get("scale", 1)), paint.get("scaleY", paint.get("scale", 1))
            angle = math.radians(paint.get("angle", 0))
            kx, ky = math.tan(math.radians(paint.get("xSkewAngle", 0))), math.tan(math.radians(paint.get("ySkewAngle", 0)))
            a, b, c, d = sx * math.cos(angle), sx * math.sin(angle), -sy * math.sin(angle), sy * math.cos(angle)
            if "xSkewAngle" in paint:
                a, b, c, d = 1, ky, -kx, 1
            cx, cy = paint.get("centerX", 0), paint.get("centerY", 0)
            matrix = (a, b, c, d, cx - a * cx - c * cy, cy - b * cx - d * cy)

        def at(x, y, m=matrix):
            a, b, c, d, e, f = m
            area = a * d - b * c
            u, v = (d * (x - e) - c * (y - f)) / area, (a * (y - f) - b * (x - e)) / area
            # Too near an edge to be one colour.
            if min(abs(u - 100), abs(u - 400)) < 25 or min(abs(v - 100), abs(v - 300)) < 25:
                return None
            return color(0) if 100 < u < 400 and 100 < v < 300 else (0, 0, 0, 0)

        yield f"{name}", {**paint, "Paint": inner}, at


def structures():
    F = ot.PaintFormat
    inside = lambda x, y, box: box[0] < x < box[2] and box[1] < y < box[3]
    yield "solid of the text", glyph(solid(TEXT, 0.5), "right"), lambda x, y: color(TEXT, 0.5) if inside(x, y, SHAPES["right"]) else (0, 0, 0, 0)
    yield "solid with alpha of its own", glyph(solid(5, 0.5)), lambda x, y: color(5, 0.5)
    yield "layers", [glyph(solid(0), "low"), glyph(solid(1, 0.5), "right")], lambda x, y: blended(
        "src_over", color(1, 0.5) if inside(x, y, SHAPES["right"]) else (0, 0, 0, 0), color(0) if inside(x, y, SHAPES["low"]) else (0, 0, 0, 0))
    yield "glyph in glyph", glyph(glyph(solid(3), "low"), "right"), lambda x, y: color(3) if inside(x, y, (400, 200, 1000, 600)) else (0, 0, 0, 0)
    yield "another glyph's paint", {"Format": F.PaintTranslate, "dx": -200, "dy": 0, "Paint": {"Format": F.PaintColrGlyph, "Glyph": "u0"}}, (
        lambda x, y: color(TEXT, 0.5) if inside(x, y, (200, 200, 800, 1000)) else (0, 0, 0, 0))
    # A turned brush inside an outline that is not.
    p = ((0, 0), (500, 0), (0, 500))
    yield "a brush turned", glyph({"Format": F.PaintRotate, "angle": 90, "Paint": {
        "Format": F.PaintLinearGradient, "ColorLine": line(RAINBOW), "x0": 0, "y0": 0, "x1": 1000, "y1": 0, "x2": 0, "y2": 1000}}), lambda x, y: on_line(RAINBOW, "pad", y / 1000)
    # All of the box, for no outline holds it.
    yield "clip box", solid(2), lambda x, y: color(2) if inside(x, y, (200, 100, 800, 700)) else (0, 0, 0, 0)
    yield "one stop", glyph({"Format": F.PaintSweepGradient, "ColorLine": line([(0.3, 1, 1.0)]), "centerX": 500, "centerY": 500, "startAngle": 0, "endAngle": 360}), lambda x, y: color(1)
    yield "stops at one place", glyph({"Format": F.PaintLinearGradient, "ColorLine": line([(0.5, 0, 1.0), (0.5, 1, 1.0)]), "x0": 0, "y0": 0, "x1": 1000, "y1": 0, "x2": 0, "y2": 1000}), (
        lambda x, y: color(0 if x < 500 else 1))
    yield "points on a line", glyph({"Format": F.PaintLinearGradient, "ColorLine": line(RAINBOW), "x0": 0, "y0": 0, "x1": 1000, "y1": 0, "x2": 500, "y2": 0}), lambda x, y: (0, 0, 0, 0)


def build(path, family, glyphs, clips, axes=None, store=None, index_map=None):
    names = [f"u{i}" for i in range(len(glyphs))]
    fb = FontBuilder(1000, isTTF=True)
    order = [".notdef", *SHAPES, *names]
    fb.setupGlyphOrder(order)
    fb.setupCharacterMap({0xE000 + i: name for i, name in enumerate(names)})
    fb.setupGlyf({**{name: rectangle(*box) for name, box in SHAPES.items()}, **{name: TTGlyphPen(None).glyph() for name in [".notdef", *names]}})
    # Bearings as the outlines have them: browsers move outlines to where these say.
    fb.setupHorizontalMetrics({name: (1100, SHAPES.get(name, (0,))[0]) for name in order})
    fb.setupHorizontalHeader(ascent=1000, descent=-200)
    fb.setupNameTable({"familyName": family, "styleName": "Regular"})
    fb.setupOS2(sTypoAscender=1000, sTypoDescender=-200, usWinAscent=1000, usWinDescent=200)
    fb.setupPost()
    if axes:
        fb.setupFvar(axes, [])
    fb.setupCPAL([[tuple(v / 255 for v in c) for c in PALETTE]])
    paints = {name: {"Format": ot.PaintFormat.PaintColrLayers, "Layers": paint} if isinstance(paint, list) else paint for name, paint in zip(names, glyphs)}
    fb.font["COLR"] = builder.buildCOLR(paints, version=1, glyphMap=fb.font.getReverseGlyphMap(), clipBoxes=clips, varStore=store, varIndexMap=index_map)
    fb.font["head"].created = fb.font["head"].modified = 3_800_000_000
    fb.font.recalcTimestamp = False
    fb.save(path)


def still():
    cases = [*structures(), *gradients(), *composites(), *transforms()]
    clips = {f"u{i}": (200, 100, 800, 700) for i, (name, *_) in enumerate(cases) if name == "clip box"}
    build(os.path.join(HERE, "colors.ttf"), "Colors", [paint for _, paint, _ in cases], clips)
    said = []
    for i, (name, _, at) in enumerate(cases):
        points = [(x, y, at(x, y)) for x, y in GRID]
        said.append({"name": name, "char": chr(0xE000 + i), "points": [[x, y, [round(v * 255, 1) for v in c]] for x, y, c in points if c is not None]})
    return said


def moved(place):
    """Every number that may vary, halfway along its axis; a number's base is where its deltas begin."""
    F = ot.PaintFormat
    maker = OnlineVarStoreBuilder(["wght"])
    maker.setModel(VariationModel([{}, {"wght": 1.0}]))

    def base(*deltas):
        first = None
        for delta in deltas:
            # storeMasters says where a delta set lies; the map below makes that one running number.
            _, at = maker.storeMasters([0, delta])
            indices.append(at)
            first = first if first is not None else len(indices) - 1
        return first

    indices = []
    k = place
    stops = lambda: {"Extend": "pad", "ColorStop": [
        {"StopOffset": 0.0, "PaletteIndex": 0, "Alpha": 1.0, "VarIndexBase": base(round(0.2 * 16384), round(-0.5 * 16384))},
        {"StopOffset": 1.0, "PaletteIndex": 1, "Alpha": 1.0, "VarIndexBase": 0xFFFFFFFF}]}
    now = [(0.2 * k, 0, 1 - 0.5 * k), (1.0, 1, 1.0)]
    box = lambda m: (lambda x, y: None if any(abs(v - e) < 25 for v, e in zip((x, x, y, y), m)) else color(0) if m[0] < x < m[1] and m[2] < y < m[3] else (0, 0, 0, 0))
    small = glyph(solid(0), "small")
    cases = [
        ("solid", glyph({"Format": F.PaintVarSolid, "PaletteIndex": 0, "Alpha": 1.0, "VarIndexBase": base(round(-0.6 * 16384))}), lambda x, y: color(0, 1 - 0.6 * k)),
        ("linear", glyph({"Format": F.PaintVarLinearGradient, "ColorLine": stops(), "x0": 0, "y0": 0, "x1": 600, "y1": 0, "x2": 0, "y2": 600, "VarIndexBase": base(100, 0, 300, 0, 100, 0)}),
         linear((100 * k, 0), (600 + 300 * k, 0), (100 * k, 600), now, "pad")),
        ("radial", glyph({"Format": F.PaintVarRadialGradient, "ColorLine": stops(), "x0": 300, "y0": 400, "r0": 20, "x1": 500, "y1": 500, "r1": 500, "VarIndexBase": base(50, 60, 30, -80, 40, 100)}),
         radial((300 + 50 * k, 400 + 60 * k), 20 + 30 * k, (500 - 80 * k, 500 + 40 * k), 500 + 100 * k, now, "pad")),
        ("sweep", glyph({"Format": F.PaintVarSweepGradient, "ColorLine": stops(), "centerX": 500, "centerY": 500, "startAngle": 0, "endAngle": 270,
                         "VarIndexBase": base(-100, 50, round(30 / 180 * 16384), round(60 / 180 * 16384))}), sweep((500 - 100 * k, 500 + 50 * k), 30 * k, 270 + 60 * k, now, "pad")),
        ("translate", {"Format": F.PaintVarTranslate, "dx": 100, "dy": 50, "VarIndexBase": base(300, 400), "Paint": small}, box((200 + 300 * k, 500 + 300 * k, 150 + 400 * k, 350 + 400 * k))),
        ("scale", {"Format": F.PaintVarScale, "scaleX": 1.0, "scaleY": 1.0, "VarIndexBase": base(8192, 16384), "Paint": small}, box((100 + 50 * k, 400 + 200 * k, 100 + 100 * k, 300 + 300 * k))),
        ("rotate", {"Format": F.PaintVarRotateAroundCenter, "angle": 0, "centerX": 500, "centerY": 500, "VarIndexBase": base(16384, 0, 0), "Paint": small},
         box({0.0: (100, 400, 100, 300), 0.5: (700, 900, 100, 400), 1.0: (600, 900, 700, 900)}[k])),
        ("transform", {"Format": F.PaintVarTransform, "Transform": {"xx": 1, "yx": 0, "xy": 0, "yy": 1, "dx": 0, "dy": 0, "VarIndexBase": base(32768, 0, 0, 65536, 100 * 65536 // 4, 50 * 65536 // 4)}, "Paint": small},
         box((100 + 50 * k + 25 * k, 400 + 200 * k + 25 * k, 100 + 100 * k + 12.5 * k, 300 + 300 * k + 12.5 * k))),
        ("clip box", solid(2), lambda x, y: color(2) if 200 + 100 * k < x < 800 and 100 < y < 700 - 200 * k else (0, 0, 0, 0)),
    ]
    clip = (200, 100, 800, 700, base(100, 0, 0, -200))
    return cases, {f"u{len(cases) - 1}": clip}, maker, indices


def varied():
    said = []
    for place in (0.0, 0.5, 1.0):
        cases, clips, maker, indices = moved(place)
        for i, (name, _, at) in enumerate(cases):
            points = [(x, y, at(x, y)) for x, y in GRID]
            said.append({"name": f"varied {name}", "char": chr(0xE000 + i), "wght": 400 + 300 * place,
                         "points": [[x, y, [round(v * 255, 1) for v in c]] for x, y, c in points if c is not None]})
    store = maker.finish()
    mapping = store.optimize() if hasattr(store, "optimize") else {}
    index_map = ot.DeltaSetIndexMap()
    index_map.mapping = [mapping.get(i, i) for i in indices]
    build(os.path.join(HERE, "colors-axis.ttf"), "Colors Axis", [paint for _, paint, _ in cases], clips,
          axes=[("wght", 400, 400, 700, "Weight")], store=store, index_map=index_map)
    return said


def png(width, height, at):
    chunk = lambda tag, data: struct.pack(">I", len(data)) + tag + data + struct.pack(">I", zlib.crc32(tag + data))
    rows = b"".join(b"\0" + b"".join(bytes(at(x, y)) for x in range(width)) for y in range(height))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 6, 0, 0, 0)) + chunk(b"IDAT", zlib.compress(rows, 9)) + chunk(b"IEND", b"")


def pictured(kind):
    """One glyph that is a picture of 40 x 30 px for an em of 50: red left, blue right, 5 px from the origin and 10 above the baseline."""
    image = png(40, 30, lambda x, y: PALETTE[0] if x < 20 else PALETTE[1])
    fb = FontBuilder(1000, isTTF=True)
    fb.setupGlyphOrder([".notdef", "u0"])
    fb.setupCharacterMap({0xE000: "u0"})
    fb.setupGlyf({name: TTGlyphPen(None).glyph() for name in (".notdef", "u0")})
    fb.setupHorizontalMetrics({name: (1000, 0) for name in (".notdef", "u0")})
    fb.setupHorizontalHeader(ascent=1000, descent=-200)
    fb.setupNameTable({"familyName": f"Colors {kind}", "styleName": "Regular"})
    fb.setupOS2(sTypoAscender=1000, sTypoDescender=-200, usWinAscent=1000, usWinDescent=200)
    fb.setupPost()
    if kind == "sbix":
        table = fb.font["sbix"] = newTable("sbix")
        strike = table.strikes[50] = Strike(ppem=50, resolution=72)
        strike.glyphs["u0"] = SbixGlyph(glyphName="u0", graphicType="png ", imageData=image, originOffsetX=5, originOffsetY=10)
    else:
        bitmap = cbdt_bitmap_format_17(b"", fb.font)
        bitmap.metrics = SmallGlyphMetrics()
        for name, value in dict(height=30, width=40, BearingX=5, BearingY=40, Advance=50).items():
            setattr(bitmap.metrics, name, value)
        bitmap.imageData = image
        bitmap.compile = lambda font: struct.pack(">BBbbBI", 30, 40, 5, 40, 50, len(image)) + image
        data = fb.font["CBDT"] = newTable("CBDT")
        data.version, data.strikeData = 3.0, [{"u0": bitmap}]
        places = fb.font["CBLC"] = newTable("CBLC")
        places.version = 3.0
        strike = CblcStrike()
        strike.bitmapSizeTable = size = BitmapSizeTable()
        for side in ("hori", "vert"):
            line = SbitLineMetrics()
            for name in line.__class__.__dict__.get("fields", ()) or ("ascender", "descender", "widthMax", "caretSlopeNumerator", "caretSlopeDenominator", "caretOffset", "minOriginSB", "minAdvanceSB", "maxBeforeBL", "minAfterBL", "pad1", "pad2"):
                setattr(line, name, {"ascender": 45, "descender": -5, "widthMax": 50}.get(name, 0))
            setattr(size, side, line)
        for name, value in dict(colorRef=0, startGlyphIndex=1, endGlyphIndex=1, ppemX=50, ppemY=50, bitDepth=32, flags=1).items():
            setattr(size, name, value)
        index = eblc_index_sub_table_1(b"", fb.font)
        index.indexFormat, index.imageFormat, index.names, index.firstGlyphIndex, index.lastGlyphIndex = 1, 17, ["u0"], 1, 1
        strike.indexSubTables = [index]
        places.strikes = [strike]
    fb.font["head"].created = fb.font["head"].modified = 3_800_000_000
    fb.font.recalcTimestamp = False
    fb.save(os.path.join(HERE, f"colors-{kind}.ttf"))
    # Away from the edges, which a picture that is enlarged blurs.
    inside = lambda x, y: color(0) if 120 < x < 480 and 220 < y < 780 else color(1) if 520 < x < 880 and 220 < y < 780 else (0, 0, 0, 0) if x < 80 or y < 180 or x > 920 or y > 820 else None
    points = [(x, y, inside(x, y)) for x, y in GRID]
    return {"name": f"picture {kind}", "char": "\ue000", "font": kind, "points": [[x, y, [round(v * 255, 1) for v in c]] for x, y, c in points if c is not None]}


with open(os.path.join(HERE, "colors.json"), "w", encoding="utf-8") as file:
    said = {"text": TEXT_COLOR, "still": still(), "varied": varied(), "pictures": [pictured("sbix"), pictured("cbdt")]}
    file.write(json.dumps(said, separators=(",", ":")).replace('{"name"', '\n{"name"') + "\n")
