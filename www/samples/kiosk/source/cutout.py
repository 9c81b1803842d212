# Finishes what lamp.py rendered: a little more colour, a soft contact shadow under the foot, trimmed to what is visible.
#   in:  <name>.png (square, straight alpha)       out: ../assets/lamp-<name>.png
#   run: python3 cutout.py tomato.png 1.16         (needs Pillow; the number is the colour gain)
import os
import sys

from PIL import Image, ImageDraw, ImageEnhance, ImageFilter

path, gain = sys.argv[1], float(sys.argv[2])
lamp = Image.open(path).convert("RGBA")
u = lamp.height / 1400  # the numbers below were chosen at 1,400 px
alpha = lamp.getchannel("A")
lamp = ImageEnhance.Color(lamp.convert("RGB")).enhance(gain)
lamp = ImageEnhance.Brightness(lamp).enhance(1.03).convert("RGBA")
lamp.putalpha(alpha)

x0, y0, x1, y1 = alpha.point(lambda a: 255 if a > 8 else 0).getbbox()
foot = alpha.crop((0, y1 - round(24 * u), alpha.width, y1)).point(lambda a: 255 if a > 8 else 0).getbbox()
left, right = foot[0], foot[2]
shade = Image.new("L", lamp.size, 0)
# two ellipses: a tight dark line where foot and table meet, a wide pale one around it
for grow, height, strength, blur in ((-10, 10, 190, 5), (26, 22, 96, 16)):
    part = Image.new("L", lamp.size, 0)
    box = (left - grow * u, y1 - (6 + height) * u, right + grow * u, y1 + (height - 6) * u)
    ImageDraw.Draw(part).ellipse(box, fill=strength)
    part = part.filter(ImageFilter.GaussianBlur(blur * u))
    shade = Image.composite(Image.new("L", lamp.size, 255), shade, part)
out = Image.new("RGBA", lamp.size, (44, 18, 6, 0))
out.putalpha(shade)
out.alpha_composite(lamp)
out = out.crop(out.getchannel("A").point(lambda a: 255 if a > 3 else 0).getbbox())
name = os.path.splitext(os.path.basename(path))[0]
out.save(os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "assets", f"lamp-{name}.png"), optimize=True)
print(name, out.size)
