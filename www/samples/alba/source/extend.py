# Gives the photograph a foreground: below its edge the grass is mirrored, falls out of focus and into shadow, so that tall
# formats have a place for words under the flower.
#   in:  the original picture (see ../README.md)     out: ../assets/dandelions.jpg, 2800 px wide, a third taller
#   run: python3 extend.py original.jpg              (needs Pillow and numpy)
import os
import sys

import numpy as np
from PIL import Image, ImageFilter

WIDTH, MORE = 2800, 0.36
SHADE = np.array([22, 32, 15], float)  # the brand's meadow

picture = Image.open(sys.argv[1]).convert("RGB")
height = round(WIDTH * picture.height / picture.width)
picture = picture.resize((WIDTH, height), Image.LANCZOS)
more = round(height * MORE)
tall = Image.new("RGB", (WIDTH, height + more))
tall.paste(picture, (0, 0))
tall.paste(picture.transpose(Image.FLIP_TOP_BOTTOM).crop((0, 0, WIDTH, more)), (0, height))


def ease(t):
    t = np.clip(t, 0, 1)
    return t * t * (3 - 2 * t)


row = np.arange(height + more)[:, None, None]
sharp = np.asarray(tall, float)
out = sharp
# out of focus by steps, beginning above the seam so that it does not show
for radius, start, stop in ((6, 0.86, 0.97), (16, 0.92, 1.03), (40, 0.97, 1.12)):
    blurred = np.asarray(tall.filter(ImageFilter.GaussianBlur(radius)), float)
    w = ease((row / height - start) / (stop - start))
    out = out * (1 - w) + blurred * w
shadow = 0.8 * ease((row / height - 0.80) / (1 + MORE - 0.80))
out = out * (1 - shadow) + SHADE * shadow
# the blown-out sky takes on the colour of the evening
light = ease((out.mean(axis=2, keepdims=True) / 255 - 0.5) / 0.5)
out = out * (1 - light * (1 - np.array([1.0, 0.925, 0.745])))
grain = np.random.default_rng(1).normal(0, 0.8, out.shape[:2])[:, :, None]  # against banding in the soft part
path = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "assets", "dandelions.jpg")
Image.fromarray(np.clip(out + grain, 0, 255).round().astype("uint8")).save(path, quality=86, subsampling=2)
