# Renders the two product cut-outs of this sample: a cordless mushroom lamp, small in tomato, tall in cobalt.
#   in:  nothing but the numbers below       out: assets/<name>.png, straight alpha, without shadow (cutout.py adds it)
#   run: blender -b -P lamp.py -- tomato 1400 64      (name, height in px, samples; Blender 3.4 or 4.x, Cycles)
# Modelled for variorum; the script and its pictures are CC0-1.0.
import bpy, math, os, sys

name, size, samples = (sys.argv[sys.argv.index("--") + 1:] + ["tomato", "1400", "64"])[:3]
size, samples = int(size), int(samples)

# radius of the cap, height of the cap, height of its rim over the table, radius of the foot; lacquer in linear sRGB
MODELS = {
    "tomato": dict(cap=0.60, rise=0.45, rim=0.60, foot=0.34, lacquer=(0.86, 0.030, 0.012)),
    "cobalt": dict(cap=0.55, rise=0.44, rim=1.00, foot=0.34, lacquer=(0.008, 0.045, 0.62)),
}
m = MODELS[name]

bpy.ops.wm.read_factory_settings(use_empty=True)
scene = bpy.context.scene


def material(title, colour, rough, metal=0.0, coat=0.0, emit=None, strength=0.0):
    mat = bpy.data.materials.new(title)
    mat.use_nodes = True
    b = mat.node_tree.nodes["Principled BSDF"]

    def put(value, *names):  # the inputs were renamed in Blender 4
        next(b.inputs[n] for n in names if n in b.inputs).default_value = value

    put((*colour, 1), "Base Color")
    put(rough, "Roughness")
    put(metal, "Metallic")
    put(coat, "Clearcoat", "Coat Weight")
    put(0.04, "Clearcoat Roughness", "Coat Roughness")
    if emit:
        put((*emit, 1), "Emission", "Emission Color")
        put(strength, "Emission Strength")
    return mat


def bezier(p0, p1, p2, p3, n=28):
    out = []
    for i in range(n + 1):
        t = i / n
        s = 1 - t
        out.append(tuple(s**3 * a + 3 * s * s * t * b + 3 * s * t * t * c + t**3 * d
                         for a, b, c, d in zip(p0, p1, p2, p3)))
    return out


def lathe(title, profile, mat, segments=160):
    """Turns a profile of (radius, height) points about the z axis."""
    pts = [profile[0]]
    for p in profile[1:]:
        if math.dist(p, pts[-1]) > 1e-5:
            pts.append(p)
    verts, faces = [], []
    for r, z in pts:
        for k in range(segments):
            a = 2 * math.pi * k / segments
            verts.append((max(r, 1e-5) * math.cos(a), max(r, 1e-5) * math.sin(a), z))
    for j in range(len(pts) - 1):
        for k in range(segments):
            l = (k + 1) % segments
            faces.append((j * segments + k, j * segments + l, (j + 1) * segments + l, (j + 1) * segments + k))
    mesh = bpy.data.meshes.new(title)
    mesh.from_pydata(verts, [], faces)
    mesh.materials.append(mat)
    for f in mesh.polygons:
        f.use_smooth = True
    ob = bpy.data.objects.new(title, mesh)
    scene.collection.objects.link(ob)
    return ob


lacquer = material("lacquer", m["lacquer"], 0.42, coat=1.0)
satin = material("satin", m["lacquer"], 0.55)
brass = material("brass", (0.83, 0.53, 0.20), 0.2, metal=1.0)
inside = material("inside", (0.95, 0.90, 0.80), 0.6)
diffuser = material("diffuser", (1, 0.95, 0.85), 0.5, emit=(1.0, 0.72, 0.40), strength=6.5)

R, H, Z, F = m["cap"], m["rise"], m["rim"], m["foot"]
wall = 0.022
# cap: a full, slightly flattened dome whose rim rolls in
outer = bezier((0, Z + H), (R * 0.62, Z + H), (R, Z + H * 0.62), (R, Z + 0.035), 48)
lip = [(R - wall * 0.55 + wall * 0.55 * math.cos(a), Z + 0.035 - 0.03 * math.sin(a))
       for a in [math.pi * i / 12 for i in range(13)]]
lathe("cap", outer + lip[1:], lacquer)
inner = bezier((R - wall * 1.1, Z + 0.035), (R - wall * 1.1, Z + H * 0.58), (R * 0.58, Z + H - wall), (0, Z + H - wall), 40)
lathe("lining", inner, inside)
# stem: a trumpet standing on its wide end, with a soft edge at the table
neck = R * 0.115
stem = [(0, 0.0), (F - 0.02, 0.0)]
stem += [(F - 0.02 + 0.02 * math.sin(a), 0.02 - 0.02 * math.cos(a)) for a in [math.pi / 2 * i / 8 for i in range(1, 9)]]
stem += bezier((F, 0.02), (F, 0.075), (neck * 1.15, 0.10), (neck, Z * 0.62), 44)
stem += [(neck, Z + 0.10)]
lathe("stem", stem, satin)
# brass collar and the touch key on top
c = Z - 0.045
lathe("collar", [(neck, c), (neck + 0.016, c + 0.004), (neck + 0.020, c + 0.012), (neck + 0.020, c + 0.040),
                 (neck + 0.016, c + 0.048), (neck, c + 0.052)], brass)
k = Z + H
lathe("key", [(0.052, k - 0.02), (0.052, k + 0.010), (0.048, k + 0.017), (0.040, k + 0.020), (0, k + 0.020)], brass)
# the light: an opal disc under the cap
lathe("opal", [(neck, Z + 0.06), (R * 0.50, Z + 0.07), (R * 0.55, Z + 0.085), (R * 0.50, Z + 0.10), (neck, Z + 0.11)], diffuser)

def softbox(loc, look, w, h, power, colour=(1, 1, 1)):
    d = bpy.data.lights.new("softbox", "AREA")
    d.shape, d.size, d.size_y, d.energy, d.color = "RECTANGLE", w, h, power, colour
    ob = bpy.data.objects.new("softbox", d)
    ob.location = loc
    v = [a - b for a, b in zip(look, loc)]
    import mathutils
    ob.rotation_euler = mathutils.Vector(v).to_track_quat("-Z", "Y").to_euler()
    scene.collection.objects.link(ob)


mid = (0, 0, (Z + H) / 2)
softbox((-3.2, -2.6, 3.0), mid, 2.2, 2.2, 150)                       # key: left, front, high
softbox((3.4, -0.4, 1.4), mid, 0.5, 2.8, 60, (1.0, 0.93, 0.86))      # edge: a tall strip at the right
softbox((-2.2, 3.0, 1.6), mid, 1.0, 2.4, 60, (0.92, 0.95, 1.0))      # from behind, separates the outline
softbox((0.3, 0.2, 4.4), mid, 2.6, 2.6, 40)                          # overhead: the soft pool under the foot

world = bpy.data.worlds.new("studio")
world.use_nodes = True
world.node_tree.nodes["Background"].inputs[0].default_value = (1, 0.98, 0.95, 1)
world.node_tree.nodes["Background"].inputs[1].default_value = 0.16
scene.world = world

cam = bpy.data.cameras.new("camera")
cam.lens = 100
cam_ob = bpy.data.objects.new("camera", cam)
total = Z + H + 0.02
cam_ob.location = (0, -6.2, 0.16)
import mathutils
target = mathutils.Vector((0, 0, total * 0.50))
cam_ob.rotation_euler = (target - cam_ob.location).to_track_quat("-Z", "Y").to_euler()
scene.collection.objects.link(cam_ob)
scene.camera = cam_ob
scene.render.resolution_x = size
scene.render.resolution_y = size
cam.sensor_width = 36
cam.angle = 2 * math.atan((max(total, 2 * R) * 0.5 + 0.17) / 6.2)

scene.render.engine = "CYCLES"
scene.cycles.device = "CPU"
scene.cycles.samples = samples
scene.cycles.use_denoising = bpy.app.version >= (4, 0, 0)  # Debian's build has no denoiser: take 600 samples there
scene.cycles.sample_clamp_indirect = 6
scene.cycles.max_bounces = 8
scene.cycles.seed = 7
scene.render.threads_mode = "FIXED"
scene.render.threads = 2
scene.render.film_transparent = True
scene.view_settings.view_transform = "Standard"
scene.view_settings.look = "None"
scene.render.image_settings.file_format = "PNG"
scene.render.image_settings.color_mode = "RGBA"
scene.render.filepath = os.path.join(os.getcwd(), f"{name}.png")
bpy.ops.render.render(write_still=True)
