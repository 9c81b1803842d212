//! In: a word. Out: whether it belongs to a figure beside it: a unit, a currency, what multiplies, counts, numbers or dates. Which stretches
//! stay together so is left to `nobreak`; words without spaces between them to `written_on`.

use super::itemise::default_ignorable;
use crate::ordered;
use std::collections::BTreeSet;
use std::sync::OnceLock;

/// Currency codes in use (ISO 4217), each of three letters.
const CODES: &str = "AEDAFNALLAMDANGAOAARSAUDAWGAZNBAMBBDBDTBGNBHDBIFBMDBNDBOBBRLBSDBTNBWPBYNBZDCADCDFCHFCLFCLPCNYCOPCRCCUPCVECZKDJFDKKDOPDZD\
EGPERNETBEURFJDFKPGBPGELGHSGIPGMDGNFGTQGYDHKDHNLHTGHUFIDRILSINRIQDIRRISKJMDJODJPYKESKGSKHRKMFKPWKRWKWDKYDKZTLAKLBPLKRLRDLSLLYDMADMDLMGAMKDMMKMNTMOPMRU\
MURMVRMWKMXNMYRMZNNADNGNNIONOKNPRNZDOMRPABPENPGKPHPPKRPLNPYGQARRONRSDRUBRWFSARSBDSCRSDGSEKSGDSHPSLESOSSRDSSPSTNSVCSYPSZLTHBTJSTMTTNDTOPTRYTTDTWDTZS\
UAHUGXUSDUYUUZSVESVNDVUVWSTXAFXCDXCGXOFXPFYERZARZMWZWG";

/// Currencies by their short names, where those are written small and raised too.
static SHORT: List = List::of("zł Kč kr kr. Ft lei лв лв. грн грн. ден дин. RM Rp Rs Rs. TL đ 元 円 원 บาท ৳ रु रु. ரூ ரூ. ש״ח");

/// What stands after a figure. Letter case counts: `m` is not `M`. Words that are written without a figure as often (`in`, `A`) are not here.
static AFTER: List = List::of(
    "% ‰ ٪ ° °C °F ℃ ℉ \
g kg mg µg μg t l L ml mL cl cL dl dL hl m m² m³ cm cm² cm³ ccm mm km km² ha h min min. s sec sec. ms W kW kWh MW V mA mAh Ah Hz kHz MHz GHz \
KB MB GB TB Mbps Gbps MP px dpi lm lx dB kcal kJ cal bar Nm PS hp kn oz oz. lb lb. lbs lbs. fl ft yd mi mph qt gal gal. sq psi BTU \
Euro Euros euro euros Cent Cents cent cents ct Eur leu lv lv. zl Ft. Lei SFr. VNĐ đồng DH Dhs ευρώ евро руб руб. р. коп коп. тг тг. сум сом КМ \
рублей рубля рубль гривень гривні гривня лева රු ريال درهم دينار جنيه ليرة تومان ریال شيكل ש\"ח שקל שקלים रुपये रुपए টাকা ரூபாய் 圓 块 \
AM PM am pm a.m. p.m. A.M. P.M. Uhr Std Std. Min. Sek. óra órakor godz. hod. hod sa. dk dk. sn ώρα π.μ. μ.μ. น. ชม. นาที ساعة ساعات دقيقة دقائق שעות \
Jahre Jahren Tage Tagen Stk Stk. Stück Mio. Mrd. Tsd. Mio Mrd Pkt. pcs pcs. pc. ks szt. db kpl st. stk. stk kom. buc. uds. ud. pz. τεμ. шт шт. бр. \
кг г г. мг т л л. мл м м² м³ см см² мм км км² га ч ч. мин мин. сек сек. хв год год. лет Вт кВт Гц ГГц ГБ МБ ТБ дн. тыс. тис. млн млрд \
κιλά γρ γρ. λίτρα χλμ χλμ. τ.μ. λεπτά \
كجم كغ كغم غ غم جم جرام غرام ملغ مل ملل لتر ل سم م مم كم كلم یورو گرم کیلوگرم لیتر سانتی‌متر ק״ג ק\"ג גרם מ״ל מ\"ל ליטר ס״מ ס\"מ מ״מ ק״מ \
किग्रा ग्राम ग्रा. किमी सेमी मिली लीटर घंटे কেজি গ্রাম মিলি লিটার কিমি সেমি கிலோ கிராம் லிட்டர் மிலி กก. กก ก. มล. ล. ซม. มม. กม. ลิตร กรัม 개 명 년",
);

/// What multiplies a figure, and may stand between it and its currency.
static MULTIPLIERS: List = List::of(
    "thousand million millions billion billions trillion bn mn Tausend tausend Million Millionen Milliarde Milliarden Tsd Tsd. Mio Mio. Mrd Mrd. \
duizend miljoen miljard mille milliard milliards mil mil. millón millones mill. milhão milhões bilhão bilhões milió milions \
mila milione milioni miliardo miliardi mln mln. mld mld. mii milion milioane miliarde tys tys. tysiąc tysiące tysięcy miliony milionów \
miliard miliardy miliardów tis tis. tisíc tisíce milionu milionů miliarda milión milióny miliónov miliárd ezer millió milliárd \
bin milyon milyar tusen tusind miljon miljoner miljarder million millioner milliarder mio mio. mia mia. mrd mrd. tuhat tuhatta \
miljoona miljoonaa miljardi miljardia milj milj. tuh. miljonit tūkst. miljoni miljonu mlrd mlrd. milijonai milijonų tisuća tisuće hiljada \
milijun milijuna milijon milijonov milijarda milijardi хил. хиляди милион милиона тыс тыс. тысяча тысячи тысяч млн млн. миллион миллиона \
миллионов млрд млрд. миллиард миллиарда миллиардов тис тис. тисяча тисячі тисяч мільйон мільйони мільйонів мільярд мільярди мільярдів \
χιλ. χιλιάδες εκατ. εκατομμύριο εκατομμύρια δισ. δισεκατομμύρια trăm nghìn ngàn vạn triệu tỷ tỉ rb ribu jt juta miliar triliun \
ألف آلاف مليون ملايين مليار مليارات هزار میلیون میلیارد ہزار لاکھ کروڑ ملین אלף אלפי מיליון מיליארד \
हज़ार हजार लाख करोड़ হাজার লাখ লক্ষ কোটি ஆயிரம் லட்சம் கோடி 백 천 만 억 조 พัน หมื่น แสน ล้าน",
);

/// Seconds to years, per cent and currencies in words.
static SPELT: List = List::of(
    "second seconds minute minutes hour hours hr hr. hrs hrs. day days week weeks wk wks month months year years yr yr. yrs yrs. percent pct \
dollar dollars Dollar pound pounds Pfund pence rupees Prozent Sekunde Sekunden Minute Minuten Stunde Stunden Tag Woche Wochen Monat Monate Monaten \
Jahr seconde seconden minuut minuten uur uren dag dagen week weken maand maanden jaar jaren procent secondes heure heures jour jours \
semaine semaines mois an ans année années segundo segundos minuto minutos hora horas día días dia dias semana semanas mes meses mês \
año años ano anos dólares pesos reais libras secondo secondi minuti ora ore giorno giorni settimana settimane mese mesi anno anni \
dies setmanes mesos anys secunde minut oră zi zile săptămână săptămâni lună luni ani godzina godziny godzin dzień dni tydzień tygodnie tygodni \
miesiąc miesiące miesięcy rok lata lat sekunda sekundy sekund minuta minuty proc. złoty złote złotych hodina hodiny hodin hodinu dny dní dnů \
týden týdny týdnů měsíc měsíce měsíců roky let koruna koruny korun procenta minúta minúty minút hodín deň týždeň týždne týždňov \
mesiac mesiace mesiacov rokov eura eur másodperc perc nap hét hónap hónapig év évig napig forint százalék saniye dakika saat gün hafta ay yıl lira \
sekunder minuter timme timmar dygn dagar vecka veckor månad månader år tkr mkr kronor minutter timer dage dager døgn uge uger uke uker \
måned måneder kroner sekuntia minuutti minuuttia tunti tuntia tunnin päivä päivää päivän viikko viikkoa viikon kuukausi kuukautta kuukauden kk \
vuosi vuotta vuoden euroa prosenttia tundi päeva nädalat kuud aastat stundas dienas nedēļas mēneši mēnešus gadi gadus eiro valandos valandų val. \
dienos dienų savaitės mėnesiai mėnesių mėn. metai metų eurų sat sata sati dana tjedan tjedna tjedana mjesec mjeseca mjeseci godina godine \
ura ure teden tednov mesec mesecev evrov секунд секунды минута минуты минут минути час часа часов день дня дней неделя недели недель \
месяц месяца месяцев года процентов ден дни седмица седмици месец месеца година години хвилина хвилини хвилин годин дні днів \
тиждень тижні тижнів місяць місяці місяців рік роки років євро δευτερόλεπτα λεπτό ώρες μέρα μέρες ημέρα ημέρες εβδομάδα εβδομάδες \
μήνας μήνες χρόνια έτος έτη giây phút giờ ngày tuần tháng năm detik menit minit jam hari minggu bulan tahun rupiah ringgit \
ثانية ثواني يوم يوما يومًا أيام أسبوع أسابيع شهر شهرا شهرًا أشهر شهور سنة سنوات عام عاما أعوام ثانیه دقیقه ساعت روز هفته ماه سال \
منٹ گھنٹے دن ہفتے مہینے שעה יום ימים שבוע שבועות חודש חודשים שנה שנים सेकंड मिनट घंटा घंटों दिन दिनों सप्ताह हफ़्ते हफ्ते महीना महीने साल वर्ष \
সেকেন্ড মিনিট ঘণ্টা ঘন্টা দিন দিনের সপ্তাহ মাস মাসের বছর நிமிடம் நிமிடங்கள் மணிநேரம் நாள் நாட்கள் வாரம் வாரங்கள் மாதம் மாதங்கள் ஆண்டு ஆண்டுகள்",
);

/// Hours that a figure of minutes may follow (`2 h 30 min`), and minutes; pounds and ounces.
static HOURS: List = List::of("h hr hrs Std Std. godz. hod hod. sa sa. ч ч. год. tim t óra giờ lb lb.");
static MINUTES: List = List::of("min min. mins Min Min. m мин мин. хв хв. dk dk. perc phút oz oz.");

/// What stands before a figure.
static BEFORE: List = List::of(
    "№ # § §§ ¶ No. no. N° n° Nº nº N.º Nr Nr. nr nr. Núm. núm. č. č.p. br. Rp Rs Rs. RM R S/ S/. B/. Bs Bs. DH Dhs KSh TSh USh Br kr kr. Kr Kr. Fr. SFr. \
रु रु. ரூ ரூ. රු p. P. pp. S. s. str. Str. стр. с. гл. рис. п. ст. Art. art. Abs. vol. Vol. Bd. Kap. kap. cap. Cap. fig. Fig. Abb. ca. Ca. \
klo kl. Kl. tel. Tel. tháng Tháng ± ~ ≈ ≤ ≥ + − ×",
);

/// Units and halves of the day of two words.
const PAIRS: [(&str, &str); 14] = [
    ("fl", "oz"),
    ("fl.", "oz."),
    ("sq", "ft"),
    ("sq", "m"),
    ("кв.", "м"),
    ("куб.", "м"),
    ("a.", "m."),
    ("p.", "m."),
    ("metri", "quadri"),
    ("per", "cent"),
    ("pour", "cent"),
    ("por", "ciento"),
    ("por", "cento"),
    ("per", "cento"),
];

/// What joins two figures to a span.
static JOINS: List = List::of(
    "– — - × x + bis to à au a al alle ao às do po la до по til till tot t/m até hasta fino iki līdz kuni έως ως đến tới sampai hingga \
ila إلى الى تا سے עד से থেকে முதல் ถึง",
);

/// Stops and marks that end a phrase.
const ENDS: [char; 14] = [',', ';', ':', '!', '?', ')', ']', '…', '”', '“', '»', '*', '†', '،'];

/// Words with spaces between them, in order once somebody asks.
pub(super) struct List {
    text: &'static str,
    words: OnceLock<BTreeSet<&'static str>>,
}

impl List {
    pub(super) const fn of(text: &'static str) -> Self {
        Self { text, words: OnceLock::new() }
    }
    pub(super) fn has(&self, word: &str) -> bool {
        !word.is_empty() && self.words.get_or_init(|| ordered::set(self.text.split(' '))).contains(word)
    }
}

fn visible(word: &str) -> &str {
    word.trim_matches(default_ignorable)
}

/// Whether a sign is that of a currency (general category Sc).
fn is_sign(c: char) -> bool {
    matches!(c,
        '$' | '¢'..='¥' | '֏' | '؋' | '৲' | '৳' | '૱' | '௹' | '฿' | '៛' | '\u{20a0}'..='\u{20cf}' | '\u{fdfc}' | '﹩' | '＄' | '￠' | '￡' | '￥' | '￦')
}

/// An Arabic currency by its letters: `ر.س`, `د.إ.`
fn lettered(word: &str) -> bool {
    let arabic = |c: Option<char>| c.is_some_and(|c| matches!(c, '\u{621}'..='\u{64a}'));
    let mut chars = word.chars();
    arabic(chars.next()) && chars.next() == Some('.') && arabic(chars.next()) && matches!(chars.as_str(), "" | ".")
}

/// A currency by sign, with or without letters before it (`R$`), by code, or by an Arabic abbreviation.
pub(super) fn is_currency(word: &str) -> bool {
    let word = visible(word);
    let code = word.len() == 3 && CODES.as_bytes().chunks_exact(3).any(|known| known == word.as_bytes());
    code || lettered(word) || (word.chars().all(|c| is_sign(c) || c.is_ascii_uppercase()) && word.contains(is_sign))
}

/// As [`is_currency`], or by a short name: what may stand small and raised.
pub(super) fn is_short_currency(word: &str) -> bool {
    is_currency(word) || SHORT.has(visible(word))
}

/// A word without the stops at its end, with and without its full stop.
fn bare(word: &str) -> [&str; 2] {
    let dotted = visible(word).trim_end_matches(ENDS);
    [dotted, dotted.trim_end_matches(['.', '…']).trim_end_matches(ENDS)]
}

/// Whether a word is another one, whatever ends the phrase after it.
pub(super) fn is_word(word: &str, other: &str) -> bool {
    !other.is_empty() && bare(word).contains(&other)
}

/// Whether a word after a figure belongs to it; what it is counted by (`km/h`, `€/Monat`) does not matter.
pub(super) fn is_after(word: &str) -> bool {
    let known = |w: &str| is_short_currency(w) || AFTER.has(w) || SPELT.has(w) || MULTIPLIERS.has(w);
    let [dotted, plain] = bare(word);
    let any = |w: &str| known(w) || w.split_once('/').is_some_and(|(unit, _)| known(unit));
    any(dotted) || (plain != dotted && any(plain))
}

/// Whether a word multiplies the figure before it.
pub(super) fn multiplies(word: &str) -> bool {
    bare(word).iter().any(|w| MULTIPLIERS.has(w))
}

/// Whether a word counts hours, or pounds: minutes and ounces follow with a figure of their own.
pub(super) fn is_hours(word: &str) -> bool {
    HOURS.has(visible(word))
}

/// Whether a word counts minutes, or ounces.
pub(super) fn is_minutes(word: &str) -> bool {
    bare(word).iter().any(|w| MINUTES.has(w))
}

/// Whether a word before a figure belongs to it.
pub(super) fn is_before(word: &str) -> bool {
    let word = visible(word).trim_start_matches(OPENS);
    is_currency(word) || BEFORE.has(word)
}

/// Whether two words after a figure are one unit.
pub(super) fn is_pair(first: &str, second: &str) -> bool {
    PAIRS.iter().any(|(a, b)| *a == visible(first) && bare(second).contains(b))
}

/// Whether a word between two figures makes a span of them.
pub(super) fn joins(word: &str) -> bool {
    JOINS.has(visible(word))
}

/// What may open a phrase.
const OPENS: [char; 9] = ['(', '[', '“', '"', '«', '„', '¿', '¡', '‹'];

/// A word that is a figure, whatever opens the phrase before it or ends it after.
pub(super) fn is_figures(word: &str) -> bool {
    let word =
        visible(word).trim_start_matches(OPENS).trim_start_matches(['~', '≈', '±', '<', '>', '≤', '≥']).trim_end_matches(ENDS);
    let between =
        |c: char| matches!(c, '.' | ',' | '-' | '\u{2212}' | '+' | '–' | '×' | 'x' | ':' | '/' | '\'' | '’' | '٫' | '٬');
    // Letters of a size (`10x15`) stand between figures only.
    let sound = !word.contains('x') || (word.starts_with(char::is_numeric) && word.ends_with(char::is_numeric));
    sound && word.contains(char::is_numeric) && word.chars().all(|c| c.is_numeric() || between(c))
}

/// A figure, or one with the sign of its currency before it: `$3`, `US$3`.
pub(super) fn is_amount(word: &str) -> bool {
    let word = visible(word).trim_start_matches(OPENS);
    let figures = word.trim_start_matches(|c: char| is_sign(c) || c.is_ascii_uppercase());
    let sign = word.strip_suffix(figures).unwrap_or_default();
    is_figures(figures) && (sign.is_empty() || sign.contains(is_sign))
}

/// A figure of up to three digits that a further group may follow.
pub(super) fn leads_group(word: &str) -> bool {
    let word = visible(word)
        .trim_start_matches(OPENS)
        .trim_start_matches(|c| is_sign(c) || matches!(c, '-' | '\u{2212}' | '+' | '~' | '≈' | '±'));
    (1..=3).contains(&word.chars().count()) && word.chars().all(char::is_numeric)
}

/// Three digits and what may follow them in a number: the next group of one that is grouped by spaces.
pub(super) fn is_group(word: &str) -> bool {
    let [word, bare] = bare(word);
    word.chars().count() >= 3
        && bare.chars().take(3).all(char::is_numeric)
        && bare.chars().nth(3).is_none_or(|c| !c.is_numeric())
        && is_figures(bare)
}

/// Day of the month: one or two digits, with the full stop or the ending of an ordinal.
pub(super) fn is_day(word: &str) -> bool {
    let word = visible(word).trim_start_matches(OPENS);
    let digits = word.chars().take_while(|c| c.is_numeric()).count();
    let rest: String = word.chars().skip(digits).collect();
    (1..=2).contains(&digits)
        && (matches!(rest.as_str(), "" | "." | "," | "er" | "º" | "ª" | "η" | "st" | "nd" | "rd" | "th") || is_span_of_days(word))
}

/// `10.–13.`, `10-13`
fn is_span_of_days(word: &str) -> bool {
    word.chars().count() <= 7
        && word.starts_with(char::is_numeric)
        && word.chars().all(|c| c.is_numeric() || matches!(c, '.' | '-' | '–'))
}

/// Marks that stand alone after a space, as in French: they belong to the word before.
pub(super) fn closes_alone(word: &str) -> bool {
    !word.is_empty() && word.chars().all(|c| matches!(c, '!' | '?' | ';' | ':' | '»' | '…' | '؟' | '؛'))
}

/// A mark that stands alone before a space: it belongs to the word after.
pub(super) fn opens_alone(word: &str) -> bool {
    matches!(word, "«" | "„" | "¿" | "¡")
}

/// A word without what opens and ends a phrase, in small letters, for names of months.
pub(super) fn name(word: &str) -> String {
    bare(word)[1].trim_start_matches(OPENS).to_lowercase()
}
