//! Sets sample lines in many scripts with the default fonts and draws them to a PNG, to be looked at:
//! `cargo run --example specimen -- out.png`.

#![allow(clippy::unwrap_used, clippy::cast_precision_loss, clippy::cast_possible_truncation, clippy::cast_sign_loss)]

use std::path::Path;
use std::sync::Arc;
use tiny_skia::{Color, FillRule, Paint, PathBuilder, Pixmap, Rect, Transform};
use variorum::text::{Direction, FontLibrary, FontOrigin, OutlinePen, TextStyle, default_fonts, shape};
use variorum::units::Px;

struct Pen(PathBuilder);

impl OutlinePen for Pen {
    fn move_to(&mut self, x: f32, y: f32) {
        self.0.move_to(x, y);
    }
    fn line_to(&mut self, x: f32, y: f32) {
        self.0.line_to(x, y);
    }
    fn quad_to(&mut self, cx: f32, cy: f32, x: f32, y: f32) {
        self.0.quad_to(cx, cy, x, y);
    }
    fn curve_to(&mut self, ax: f32, ay: f32, bx: f32, by: f32, x: f32, y: f32) {
        self.0.cubic_to(ax, ay, bx, by, x, y);
    }
    fn close(&mut self) {
        self.0.close();
    }
}

const SAMPLES: [(&str, &str); 20] = [
    ("en", "Slow mornings, strong coffee: 30% off AVATAR tonight"),
    ("de", "Frühstücks\u{ad}überraschung für große Genießer"),
    ("ar", "خصم 50% على قهوة AVA Coffee حتى 31 ديسمبر (2026) فقط!"),
    ("ar", "صباحات هادئة، قهوة قوية. لِلَّهِ مُحَمَّدٌ"),
    ("he", "בקרים איטיים, קפה חזק: 30% הנחה על AVA (עד 31.12)"),
    ("hi", "धीमी सुबह, दमदार कॉफ़ी – क्षत्रिय प्रार्थना र्कि ₹1,299 में"),
    ("bn", "ধীর সকাল, কড়া কফি: ক্ষুদ্র প্রতিষ্ঠান শ্রীমঙ্গল কোয়ালিটি"),
    ("ta", "மெதுவான காலை, வலுவான காபி: கொண்டாட்டம் ஸ்ரீ"),
    ("th", "เช้า\u{200b}ที่\u{200b}ไม่\u{200b}เร่ง\u{200b}รีบ กาแฟ\u{200b}เข้ม\u{200b}ข้น ที่นี่ ญี่ปุ่น น้ำดื่ม ปู่"),
    ("ja", "ゆっくりした朝に、濃いコーヒーを。「AVA」キャンペーン、12月31日まで！"),
    ("ko", "느긋한 아침, 진한 커피 한 잔. 12월 31일까지 30% 할인합니다"),
    ("zh-Hans", "悠闲的早晨，浓郁的咖啡。“限时”优惠至12月31日，直接骨门"),
    ("zh-Hant", "悠閒的早晨，濃郁的咖啡。「限時」優惠至12月31日，直接骨門"),
    ("el", "Αργά πρωινά, δυνατός καφές"),
    ("vi", "Buổi sáng chậm rãi, cà phê đậm đà ở Việt Nam"),
    ("uk", "Повільні ранки, міцна кава її ґанок"),
    ("tr", "İstanbul'da ılık sabahlar, şık kahveler"),
    ("fi", "Hitaat aamut ja vahva kahvi, älä kiirehdi"),
    ("cs", "Pomalá rána, silná káva, příliš žluťoučký kůň"),
    ("pl", "Powolne poranki, mocna kawa, zażółć gęślą jaźń"),
];

fn main() {
    let out = std::env::args().nth(1).unwrap_or_else(|| "specimen.png".into());
    let mut library = FontLibrary::new();
    for font in default_fonts() {
        let bytes: Arc<[u8]> = std::fs::read(Path::new("fonts").join(&font.file)).unwrap().into();
        library.add(&font.file, bytes, FontOrigin::Default).unwrap();
    }
    let (columns, cell) = (4, (400.0_f32, 330.0_f32));
    let rows = SAMPLES.len().div_ceil(columns);
    let mut pixmap = Pixmap::new((cell.0 as u32) * columns as u32, (cell.1 as u32) * rows as u32).unwrap();
    pixmap.fill(Color::WHITE);
    for (i, (locale, text)) in SAMPLES.iter().enumerate() {
        let rtl = matches!(*locale, "ar" | "he");
        let direction = if rtl { Direction::Rtl } else { Direction::Ltr };
        let style = TextStyle { weight: if i % 2 == 0 { 700 } else { 400 }, ..TextStyle::default() };
        let shaped = shape(&library, text, &style, locale, direction);
        let box_width = 340.0;
        let fitted = shaped.set_at(Px(36.0), Px(box_width), 0, true);
        let (left, top) = ((i % columns) as f32 * cell.0 + 30.0, (i / columns) as f32 * cell.1 + 20.0);
        let mut ground = Paint::default();
        ground.set_color_rgba8(235, 240, 250, 255);
        pixmap.fill_rect(Rect::from_xywh(left, top, box_width, fitted.height.0).unwrap(), &ground, Transform::identity(), None);
        for line in &fitted.lines {
            let x0 = left + if rtl { box_width - line.width.0 } else { 0.0 };
            ground.set_color_rgba8(250, 200, 190, 255);
            let rule = Rect::from_xywh(x0, top + line.baseline.0, line.width.0.max(1.0), 1.0).unwrap();
            pixmap.fill_rect(rule, &ground, Transform::identity(), None);
            for run in &line.runs {
                for glyph in &run.glyphs {
                    let mut pen = Pen(PathBuilder::new());
                    library.draw_outline(run.font, glyph.id, &mut pen);
                    let Some(path) = pen.0.finish() else { continue };
                    let size = fitted.size.0;
                    let place = Transform::from_row(size, 0.0, 0.0, -size, x0 + glyph.x.0, top + line.baseline.0 + glyph.y.0);
                    let mut ink = Paint { anti_alias: true, ..Paint::default() };
                    ink.set_color_rgba8(20, 20, 30, 255);
                    pixmap.fill_path(&path, &ink, FillRule::Winding, place, None);
                }
            }
        }
        if !shaped.missing.is_empty() {
            eprintln!("{locale}: missing {:?}", shaped.missing);
        }
    }
    let mut encoder = png::Encoder::new(std::fs::File::create(out).unwrap(), pixmap.width(), pixmap.height());
    encoder.set_color(png::ColorType::Rgba);
    encoder.write_header().unwrap().write_image_data(pixmap.data()).unwrap();
}
