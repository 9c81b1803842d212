//! In: words of scripts that write no spaces, or seldom: ideographs, kana, hangul, Thai, Lao, Khmer, Burmese. Out: the stretches of figures with the
//! units that the next word is written on to (`2,980円です`, `59 บาทถ้วน`). Words between spaces are left to `beside`.

use super::beside::List;
use std::ops::Range;

/// What multiplies a figure.
static MULTIPLIERS: List = List::of(
    "十 百 千 万 萬 億 亿 兆 십 백 천 만 억 조 ร้อย พัน หมื่น แสน ล้าน ร้อยล้าน พันล้าน ພັນ ໝື່ນ ແສນ ລ້ານ ពាន់ ម៉ឺន សែន លាន ထောင် သောင်း သိန်း သန်း",
);

/// Units, currencies, what counts.
static UNITS: List = List::of(
    "円 元 块 塊 圓 圆 角 銭 円引 円引き 円税込 割 割引 折 倍 点 點 分 秒 時 时 時間 小时 小時 分鐘 分钟 分間 秒間 日 日間 天 号 號 週 周 週間 星期 月 か月 ヶ月 ヵ月 カ月 \
個月 个月 年 年間 年代 歳 才 岁 歲 個 个 個入り 枚 本 本入り 台 杯 回 回目 次 名 名様 人 人前 位 件 品 種 種類 种 點 箱 袋 瓶 包 盒 罐 片 双 雙 足 着 冊 册 本書 \
匹 頭 頁 页 階 楼 樓 層 层 届 屆 代 号店 坪 畳 公斤 公克 公里 公分 公升 斤 两 兩 克 千克 毫克 毫升 升 米 厘米 毫米 平方米 平米 里 度 型 寸 吋 英寸 \
キロ グラム メートル センチ ミリ リットル パーセント ドル ユーロ ポイント セット つ ヶ ケ カ所 か所 か国 ヶ国 パック 美元 美金 欧元 歐元 港元 港币 港幣 日元 韩元 \
원 원대 개 개입 개월 명 명분 년 년간 월 일 일간 시 시간 분 분간 초 회 회차 번 번째 주 주년 주간 살 세 권 장 대 잔 병 봉 포 팩 층 위 호 인 인분 종 퍼센트 달러 유로 \
킬로 그램 리터 미터 포인트 세트 \
บาท สตางค์ เปอร์เซ็นต์ วินาที นาที ชั่วโมง ชม. วัน สัปดาห์ อาทิตย์ เดือน ปี น. นาฬิกา ครั้ง คน ท่าน ชิ้น อัน แพ็ค แพ็ก ซอง ขวด กล่อง กระป๋อง ถุง ถ้วย แก้ว จาน ใบ ตัว คู่ ชุด \
เครื่อง คัน เล่ม เท่า ดวง รายการ แต้ม คะแนน กก. กิโล กิโลกรัม กรัม มิลลิกรัม ลิตร มิลลิลิตร มล. เมตร เซนติเมตร ซม. มิลลิเมตร มม. กิโลเมตร กม. ตารางเมตร ตร.ม. นิ้ว องศา ดอลลาร์ ยูโร \
ກີບ ບາດ ເປີເຊັນ ນາທີ ຊົ່ວໂມງ ວັນ ອາທິດ ເດືອນ ປີ ຄັ້ງ ຄົນ ອັນ ກິໂລ ກິໂລກຣາມ ກຣາມ ລິດ ແມັດ \
រៀល ដុល្លារ ភាគរយ នាទី ម៉ោង ថ្ងៃ សប្តាហ៍ ខែ ឆ្នាំ ដង នាក់ គីឡូ គីឡូក្រាម ក្រាម លីត្រ ម៉ែត្រ \
ကျပ် ဒေါ်လာ ရာခိုင်နှုန်း မိနစ် နာရီ ရက် ပတ် လ နှစ် ကြိမ် ယောက် ခု ကီလို ကီလိုဂရမ် ဂရမ် လီတာ မီတာ",
);

/// A month that a day follows, an hour that minutes follow, and these.
const LEADS: [&str; 8] = ["月", "월", "時", "时", "點", "点", "시", "ชั่วโมง"];
const FOLLOWS: [&str; 7] = ["日", "号", "號", "일", "分", "분", "นาที"];

/// What is written on to a Korean unit that stands after a space: else it is the beginning of another word (`7:00 시작`).
const PARTICLES: [&str; 22] = [
    "까지",
    "부터",
    "에",
    "은",
    "는",
    "이",
    "가",
    "을",
    "를",
    "의",
    "로",
    "으로",
    "만",
    "도",
    "씩",
    "당",
    "과",
    "와",
    "입니다",
    "짜리",
    "동안",
    "대",
];

/// Letters of the longest unit that is looked for.
const LONGEST: usize = 16;

/// Multipliers and a unit after one figure, at most.
const CHAIN: usize = 4;

/// Whether words of a script are written on, or may be.
fn on(c: char) -> bool {
    matches!(c,
        '\u{e01}'..='\u{eff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}' | '々' | '\u{3041}'..='\u{30ff}' | '\u{3400}'..='\u{4dbf}'
        | '\u{4e00}'..='\u{9fff}' | '\u{ac00}'..='\u{d7a3}' | '\u{f900}'..='\u{faff}')
}

fn hangul(c: char) -> bool {
    matches!(c, '\u{ac00}'..='\u{d7a3}')
}

/// Whether a word is of letters that are written on.
pub(super) fn is_written_on(word: &str) -> bool {
    word.starts_with(on)
}

/// Signs that belong to the letter before: a unit does not end before one.
fn is_mark(c: char) -> bool {
    matches!(c,
        '\u{e31}' | '\u{e33}'..='\u{e3a}' | '\u{e47}'..='\u{e4e}' | '\u{eb1}' | '\u{eb3}'..='\u{ebc}' | '\u{ec8}'..='\u{ece}'
        | '\u{102b}'..='\u{103e}' | '\u{17b4}'..='\u{17d3}' | 'ー' | '\u{3099}' | '\u{309a}')
}

/// Bytes of the longest word of a list that a text begins with.
fn longest(list: &List, text: &str) -> usize {
    let ends = text.char_indices().map(|(at, c)| at + c.len_utf8()).take(LONGEST);
    let whole = |end: &usize| !text.get(*end..).is_some_and(|rest| rest.starts_with(is_mark));
    ends.filter(|end| text.get(..*end).is_some_and(|word| list.has(word))).filter(whole).last().unwrap_or(0)
}

/// A text after one space, if there is one.
fn close(text: &str) -> &str {
    text.strip_prefix([' ', '\u{a0}', '\u{202f}']).unwrap_or(text)
}

/// Bytes of the multipliers and the unit that follow a figure.
fn unit(text: &str) -> usize {
    let mut rest = text;
    for _ in 0..CHAIN {
        let next = close(rest);
        if !next.starts_with(on) {
            break;
        }
        let (unit, multiplier) = (longest(&UNITS, next), longest(&MULTIPLIERS, next));
        let Some(after) = next.get(unit.max(multiplier)..).filter(|after| after.len() < next.len()) else { break };
        let word = next.starts_with(hangul) && after.starts_with(hangul) && next.len() < rest.len();
        if word && unit >= multiplier && !PARTICLES.iter().any(|particle| after.starts_with(particle)) {
            break;
        }
        rest = after;
        if unit >= multiplier {
            break;
        }
    }
    text.len() - rest.len()
}

/// Bytes of the figure that a text begins with.
fn figure(text: &str) -> usize {
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let inside =
            matches!(c, ',' | '.' | '，' | '．' | '、' | ':' | '：') && chars.peek().is_some_and(|(_, next)| next.is_numeric());
        if !(c.is_numeric() || inside && at > 0) {
            return at;
        }
    }
    text.len()
}

/// Adds each figure with what it counts, whether a space is between or not.
pub(super) fn counted(text: &str, out: &mut Vec<Range<usize>>) {
    let mut at = 0;
    while let Some((before, rest)) = text.split_at_checked(at) {
        let Some(found) = rest.find(char::is_numeric) else { break };
        let Some((skipped, rest)) = rest.split_at_checked(found) else { break };
        let start = at + found;
        let end = start + figure(rest);
        at = end.max(start + 1);
        let Some(after) = text.get(end..) else { break };
        let mut length = unit(after);
        let led = |length: usize, among: &[&str]| after.get(..length).is_some_and(|t| among.iter().any(|word| t.ends_with(word)));
        // A day of a month, minutes of an hour.
        if length > 0 && led(length, &LEADS) {
            let next = after.get(length..).map(close).unwrap_or_default();
            let digits = figure(next);
            let more = next.get(digits..).map_or(0, unit);
            let both = after.len() - next.len() + digits + more;
            if digits > 0 && more > 0 && led(both, &FOLLOWS) {
                length = both;
            }
        }
        if length > 0 {
            at = end + length;
            let lead = if skipped.is_empty() { before } else { skipped };
            let ordinal = lead.chars().next_back().filter(|c| matches!(c, '第' | '제')).map_or(0, char::len_utf8);
            out.push(start - ordinal..end + length);
        }
    }
}
