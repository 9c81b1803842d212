# Turns the colourful picture "umang" into the festival's own colours: its red channel, smoothed, is looked up in one ramp.
#   in:  the original picture (see ../README.md)     out: ../assets/fold.jpg, 2600 px wide and two fifths taller than
#        the original: below its edge the picture is mirrored and sinks into the night, so that words have a place under the fold
#   run: python3 fold.py original.jpg                (needs Pillow and numpy)
import os
import sys

import numpy as np
from PIL import Image, ImageFilter

RAMP = [(0.00, "0c0522"), (0.26, "180a3e"), (0.40, "4a1074"), (0.52, "a81a7e"),
        (0.60, "ec3a58"), (0.68, "ff703e"), (0.80, "ffbe54"), (1.00, "ffe8aa")]

picture = Image.open(sys.argv[1])
red = picture.getchannel("R").resize((2600, round(2600 * picture.height / picture.width)), Image.LANCZOS)
fine = red.filter(ImageFilter.MedianFilter(5)).filter(ImageFilter.GaussianBlur(1.2))
soft = red.filter(ImageFilter.GaussianBlur(14))
a, b = np.asarray(fine, float), np.asarray(soft, float)
# keep the fold's edge sharp; everywhere else the strong blur hides the blocks of the original's compression
edge = Image.fromarray((np.clip((np.abs(a - b) - 3.0) / 3.0, 0, 1) * 255).astype("uint8"))
edge = np.asarray(edge.filter(ImageFilter.MaxFilter(9)).filter(ImageFilter.GaussianBlur(6)), float) / 255
level = (a * edge + b * (1 - edge)) / 255

below = round(level.shape[0] * 0.4)
mirror = level[::-1][:below]
sink = np.clip(np.arange(below) / (below * 0.75), 0, 1)[:, None]
sink = sink * sink * (3 - 2 * sink)
night = 0.12
level = np.vstack([level, mirror * (1 - sink) + night * sink])
at_row = np.arange(level.shape[0]) / level.shape[0]
dim = np.clip((at_row - 0.58) / 0.3, 0, 1)[:, None]  # begin to sink before the edge: no line shows where the mirror starts
level = level * (1 - 0.55 * dim)

at = [x for x, _ in RAMP]
grain = np.random.default_rng(1).normal(0, 1.0, level.shape)  # a little noise against banding
rgb = np.stack([np.interp(level, at, [int(c[i:i + 2], 16) for _, c in RAMP]) + grain for i in (0, 2, 4)], -1)
out = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "assets", "fold.jpg")
Image.fromarray(np.clip(rgb, 0, 255).round().astype("uint8")).save(out, quality=88, subsampling=0)
