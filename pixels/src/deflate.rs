//! In: bytes as PNG's filters leave them. Out: a zlib stream. Made for pictures: a match of eight bytes or more is looked for at one place,
//! less and less often where none is found, as in the grain of a photo, and taken where it is written in fewer bits than its bytes would be, by
//! the codes of the block before, unless a longer one begins a byte later; then it is drawn back over what was passed. Each block has Huffman codes of its own.
//! Bytes that stand for themselves are kept as bytes until then.
//!
//! Sources: RFC 1950, RFC 1951; the skipping is that of LZ4.

use wide::bytemuck::cast;
use wide::{u8x16, u16x8, u32x4};

/// Tokens of a block.
const BLOCK: usize = 20_000;
/// How far back a match may lie.
const WINDOW: usize = 32_768;
/// Bits of the hash of [`SAME`] bytes.
const HASH_BITS: u32 = 16;
/// The shortest match. Where bytes are written in two bits each, as filtered photographs are, a shorter one hardly ever pays.
const SAME: usize = 8;
/// Of a match longer than this, only so many last bytes are noted as places where another may begin.
const NOTED: usize = 32;
/// A match of so many bytes is taken without a look at the next byte.
const AMPLE: usize = 64;
/// The longest match.
const LONGEST: usize = 258;

/// Writes a zlib stream, fed piece by piece.
pub struct Deflate {
    out: Vec<u8>,
    bits: u64,
    held: u32,
    /// The last window and what is not yet written.
    input: Vec<u8>,
    /// The first byte of `input` not yet turned into runs.
    at: usize,
    seen: Seen,
    /// What came before `input`.
    before: usize,
    block: Block,
    prices: Prices,
    sum: Adler,
}

/// What is to be written with one set of codes.
#[derive(Default)]
struct Block {
    /// The bytes that stand for themselves, one after the other.
    literals: Vec<u8>,
    /// How many of them, and the match after them: `length << 16 | distance`, 0 where there is none.
    runs: Vec<(u32, u32)>,
    matches: usize,
}

impl Block {
    fn add(&mut self, literals: &[u8], found: u32) {
        self.literals.extend_from_slice(literals);
        self.runs.push((literals.len() as u32, found));
        self.matches += usize::from(found > 0);
    }

    fn tokens(&self) -> usize {
        self.literals.len() + self.matches
    }

    fn clear(&mut self) {
        self.literals.clear();
        self.runs.clear();
        self.matches = 0;
    }
}

impl Default for Deflate {
    fn default() -> Self {
        Self::new()
    }
}

impl Deflate {
    /// An empty stream.
    #[must_use]
    pub fn new() -> Self {
        Self {
            // Deflate, 32 KiB of window, fastest.
            out: vec![0x78, 0x01],
            bits: 0,
            held: 0,
            input: Vec::new(),
            at: 0,
            seen: Seen(vec![0; 1 << HASH_BITS]),
            before: 0,
            block: Block::default(),
            prices: Prices::new(),
            sum: Adler::default(),
        }
    }

    /// Takes more bytes.
    pub fn write(&mut self, bytes: &[u8]) {
        self.write_by(|input| input.extend_from_slice(bytes));
    }

    /// Takes the bytes that are appended.
    pub fn write_by(&mut self, append: impl FnOnce(&mut Vec<u8>)) {
        let known = self.input.len();
        append(&mut self.input);
        self.sum.add(self.input.get(known..).unwrap_or_default());
        if self.input.len() - self.at >= 1 << 16 {
            self.take(false);
        }
    }

    /// What is written so far and not yet cleared.
    #[must_use]
    pub fn written(&self) -> &[u8] {
        &self.out
    }

    /// Forgets what is written so far: it was taken.
    pub fn clear_written(&mut self) {
        self.out.clear();
    }

    /// Ends the stream: nothing may be written after.
    pub fn end(&mut self) {
        self.take(true);
        self.block(true);
        if self.held > 0 {
            self.out.extend(self.bits.to_le_bytes().into_iter().take(self.held.div_ceil(8) as usize));
        }
        self.out.extend(self.sum.value().to_be_bytes());
    }

    /// Turns input into runs; all of it at the end, else all but what a match might still need.
    fn take(&mut self, all: bool) {
        let input = std::mem::take(&mut self.input);
        let end = if all { input.len() } else { input.len().saturating_sub(LONGEST + 8) };
        let (mut at, mut misses) = (self.at, 0usize);
        // The first byte of the run that is open, and how many tokens the block still takes.
        let mut first = at;
        let mut room = BLOCK.saturating_sub(self.block.tokens());
        let bytes = |from: usize, to: usize| input.get(from..to).unwrap_or_default();
        while at < end {
            let Some(eight) = eight(&input, at) else {
                at = end;
                break;
            };
            let found = self.seen.find(&input, at, self.before + at, eight);
            let paying = found.filter(|found| self.prices.pays(bytes(at, at + found.length), found.distance));
            let used = if let Some(mut found) = paying {
                misses = 0;
                let next = self::eight(&input, at + 1).filter(|_| found.length < AMPLE);
                let later = next.and_then(|eight| self.seen.find(&input, at + 1, self.before + at + 1, eight));
                if let Some(later) = later.filter(|later| later.length > found.length + 1) {
                    (found, at) = (later, at + 1);
                }
                let same = |at: usize| at.checked_sub(found.distance).is_some_and(|from| input.get(from) == input.get(at));
                while at > first && found.length < LONGEST && same(at - 1) {
                    (found.length, at) = (found.length + 1, at - 1);
                }
                let Found { length, distance } = found;
                self.block.add(bytes(first, at), (length as u32) << 16 | distance as u32);
                let noted = (at + 1).max((at + length).saturating_sub(NOTED));
                let within = bytes(noted, (at + length + SAME - 1).min(input.len()));
                for (n, eight) in within.windows(SAME).filter_map(<[u8]>::first_chunk).enumerate() {
                    self.seen.put(*eight, self.before + noted + n);
                }
                at += length;
                first = at;
                1
            } else {
                let step = 1 + (misses >> 6).min(15);
                misses += 1;
                let step = step.min(end - at);
                at += step;
                step
            };
            room = room.saturating_sub(used);
            if room == 0 {
                self.block.add(bytes(first, at), 0);
                self.block(false);
                (first, room) = (at, BLOCK);
            }
        }
        self.block.add(bytes(first, at), 0);
        self.input = input;
        let cut = at.saturating_sub(WINDOW);
        if cut > 1 << 18 || all {
            self.input.drain(..cut);
            self.before += cut;
            self.at = at - cut;
        } else {
            self.at = at;
        }
    }

    /// Writes the block with codes of its own, and empties it.
    fn block(&mut self, last: bool) {
        if self.block.tokens() == 0 {
            // Its end alone, by the codes that are known to all: a tree of one code is not whole, and not every reader takes it.
            self.block.clear();
            self.put(u64::from(last) | 1 << 1, 3);
            self.put(0, 7);
            return;
        }
        let block = std::mem::take(&mut self.block);
        let (literals, distances) = counted(&block);
        let (literals, distances) = (Codes::new(&literals, 15), Codes::new(&distances, 15));
        self.put(u64::from(last) | 2 << 1, 3);
        self.head(&literals, &distances);
        self.prices.learn(&literals, &distances);
        let ready = Ready::new(&literals, &distances);
        // A byte is written in two at most, a match in six.
        let mut pen = Pen::new(self, block.literals.len() * 2 + block.matches * 6 + 16);
        let mut rest = block.literals.as_slice();
        for (count, found) in &block.runs {
            let (run, more) = rest.split_at_checked(*count as usize).unwrap_or((rest, &[]));
            rest = more;
            // Three codes at once: 45 bits at most.
            let (threes, few) = run.as_chunks::<3>();
            for [a, b, c] in threes {
                let ((a, x), (b, y), (c, z)) = (ready.literal(*a), ready.literal(*b), ready.literal(*c));
                pen.put(a | b << x | c << (x + y), x + y + z);
            }
            for byte in few {
                let (code, bits) = ready.literal(*byte);
                pen.put(code, bits);
            }
            if *found > 0 {
                let (code, bits) = unpacked(ready.lengths.get((*found >> 16) as usize & 0x1ff));
                // The longest distance is written as 32,768 and held as 0x8000.
                let (symbol, extra, more) = distance_code((*found & 0xffff) as usize);
                let (far, far_bits) = unpacked(ready.distances.get(symbol & 31));
                pen.put(code | far << bits | u64::from(extra) << (bits + far_bits), bits + far_bits + more);
            }
        }
        let (code, bits) = literals.get(256);
        pen.put(code, bits);
        pen.done(self);
        self.block = block;
        self.block.clear();
    }

    /// The lengths of a block's codes, run-length coded and coded once more (RFC 1951, 3.2.7).
    fn head(&mut self, literals: &Codes, distances: &Codes) {
        const ORDER: [usize; 19] = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];
        let used = |codes: &Codes, least: usize| codes.lengths.iter().rposition(|l| *l > 0).map_or(least, |n| (n + 1).max(least));
        let (l, d) = (used(literals, 257), used(distances, 1));
        let all = literals.lengths.iter().take(l).chain(distances.lengths.iter().take(d)).copied();
        let mut runs: Vec<(u8, usize)> = Vec::new();
        for length in all {
            match runs.last_mut() {
                Some((known, n)) if *known == length => *n += 1,
                _ => runs.push((length, 1)),
            }
        }
        let mut symbols: Vec<(usize, u32, u32)> = Vec::new();
        for (length, mut n) in runs {
            if length == 0 {
                while n >= 3 {
                    let part = n.min(138);
                    symbols.push(if part > 10 { (18, part as u32 - 11, 7) } else { (17, part as u32 - 3, 3) });
                    n -= part;
                }
            } else {
                symbols.push((usize::from(length), 0, 0));
                n -= 1;
                while n >= 3 {
                    let part = n.min(6);
                    symbols.push((16, part as u32 - 3, 2));
                    n -= part;
                }
            }
            symbols.extend(std::iter::repeat_n((usize::from(length), 0, 0), n));
        }
        let mut counts = [0u32; 19];
        for (symbol, ..) in &symbols {
            if let Some(count) = counts.get_mut(*symbol) {
                *count += 1;
            }
        }
        let codes = Codes::new(&counts, 7);
        let length = |symbol: usize| u64::from(codes.lengths.get(symbol).copied().unwrap_or(0));
        let orders = ORDER.iter().rposition(|s| length(*s) > 0).map_or(4, |n| (n + 1).max(4));
        self.put((l - 257) as u64 | ((d - 1) as u64) << 5 | ((orders - 4) as u64) << 10, 14);
        for symbol in ORDER.iter().take(orders) {
            self.put(length(*symbol), 3);
        }
        for (symbol, extra, more) in symbols {
            let (code, bits) = codes.get(symbol);
            self.put(code | u64::from(extra) << bits, bits + more);
        }
    }

    #[inline(always)]
    fn put(&mut self, value: u64, bits: u32) {
        self.bits |= value << self.held;
        self.held += bits;
        if self.held >= 32 {
            self.out.extend_from_slice(&(self.bits as u32).to_le_bytes());
            self.bits >>= 32;
            self.held -= 32;
        }
    }
}

/// Writes the codes of a block into room made beforehand.
struct Pen {
    out: Vec<u8>,
    at: usize,
    bits: u64,
    held: u32,
}

impl Pen {
    fn new(stream: &mut Deflate, room: usize) -> Self {
        let mut out = std::mem::take(&mut stream.out);
        let at = out.len();
        out.resize(at + room, 0);
        let mut pen = Self { out, at, bits: stream.bits, held: stream.held };
        pen.put(0, 0);
        pen
    }

    /// At most 56 bits: fewer than eight are held before.
    #[inline(always)]
    fn put(&mut self, value: u64, bits: u32) {
        self.bits |= value << self.held;
        self.held += bits;
        if let Some(room) = self.out.get_mut(self.at..).and_then(|room| room.first_chunk_mut::<8>()) {
            *room = self.bits.to_le_bytes();
        }
        let whole = self.held & !7;
        self.at += (whole / 8) as usize;
        // 56 at most here, so that the shift is one.
        self.bits >>= whole;
        self.held -= whole;
    }

    fn done(self, stream: &mut Deflate) {
        let Self { mut out, at, bits, held } = self;
        out.truncate(at);
        (stream.out, stream.bits, stream.held) = (out, bits, held);
    }
}

/// The eight bytes at a place.
#[inline(always)]
fn eight(input: &[u8], at: usize) -> Option<[u8; SAME]> {
    input.get(at..)?.first_chunk().copied()
}

/// Bytes that were there before.
#[derive(Clone, Copy)]
struct Found {
    length: usize,
    distance: usize,
}

/// By the hash of eight bytes, where they were last seen: the lower half of the place, and above it more of the hash, so that what only shares the slot is passed over
/// without a look at the bytes themselves. A place of long ago looks like a near one; the bytes tell.
struct Seen(Vec<u32>);

impl Seen {
    const TAG: u32 = 0xffff_0000;

    /// Notes where they are now, counted from the start of the stream; answers what was noted before, and the mark of now.
    #[inline(always)]
    fn put(&mut self, bytes: [u8; SAME], here: usize) -> (u32, u32) {
        let hash = u64::from_le_bytes(bytes).wrapping_mul(0x9E37_79B1_85EB_CA87);
        let mark = (hash >> 16) as u32 & Self::TAG | here as u32 & !Self::TAG;
        let known = self.0.get_mut((hash >> (64 - HASH_BITS)) as usize);
        (known.map_or(!mark, |known| std::mem::replace(known, mark)), mark)
    }

    /// Notes the eight bytes at a place of the input; answers how many from there on were there before.
    #[inline(always)]
    fn find(&mut self, input: &[u8], at: usize, here: usize, bytes: [u8; SAME]) -> Option<Found> {
        let (known, mark) = self.put(bytes, here);
        if (known ^ mark) & Self::TAG != 0 {
            return None;
        }
        let distance = (mark.wrapping_sub(known) & !Self::TAG) as usize;
        let from = at.checked_sub(distance).filter(|_| distance > 0 && distance <= WINDOW)?;
        (eight(input, from) == Some(bytes)).then(|| Found { length: common(input, from, at), distance })
    }
}

/// A block's codes as they are written: with the extra bits of a length, how many bits in all in the highest eight.
struct Ready {
    literals: [u32; 256],
    lengths: [u32; 512],
    distances: [u32; 32],
}

impl Ready {
    fn new(literals: &Codes, distances: &Codes) -> Self {
        let mut ready = Self { literals: [0; 256], lengths: [0; 512], distances: [0; 32] };
        let packed = |(code, bits): (u64, u32), extra: u32, more: u32| (code as u32 | extra << bits) | (bits + more) << 24;
        for (symbol, out) in ready.literals.iter_mut().enumerate() {
            *out = packed(literals.get(symbol), 0, 0);
        }
        for (length, out) in ready.lengths.iter_mut().enumerate().take(LONGEST + 1).skip(3) {
            let (symbol, extra, more) = length_code(length);
            *out = packed(literals.get(symbol), extra, more);
        }
        for (symbol, out) in ready.distances.iter_mut().enumerate() {
            *out = packed(distances.get(symbol), 0, 0);
        }
        ready
    }
}

impl Ready {
    #[inline(always)]
    fn literal(&self, byte: u8) -> (u64, u32) {
        unpacked(self.literals.get(usize::from(byte)))
    }
}

#[inline(always)]
fn unpacked(code: Option<&u32>) -> (u64, u32) {
    code.map_or((0, 0), |code| (u64::from(code & 0x00ff_ffff), code >> 24))
}

/// How often each code is wanted by a block.
fn counted(block: &Block) -> ([u32; 286], [u32; 30]) {
    // Filtered pictures are mostly noughts: four sums by turns do not wait for each other.
    let mut turns = [[0u32; 256]; 4];
    let [a, b, c, d] = &mut turns;
    let note = |sum: &mut [u32; 256], byte: u8| {
        if let Some(count) = sum.get_mut(usize::from(byte)) {
            *count += 1;
        }
    };
    let (fours, rest) = block.literals.as_chunks::<4>();
    for [one, two, three, four] in fours {
        note(a, *one);
        note(b, *two);
        note(c, *three);
        note(d, *four);
    }
    rest.iter().for_each(|byte| note(a, *byte));
    let (mut literals, mut distances) = ([0u32; 286], [0u32; 30]);
    for turn in &turns {
        literals.iter_mut().zip(turn).for_each(|(count, more)| *count += more);
    }
    for (_, found) in block.runs.iter().filter(|(_, found)| *found > 0) {
        if let Some(count) = literals.get_mut(length_code((*found >> 16) as usize).0) {
            *count += 1;
        }
        if let Some(count) = distances.get_mut(distance_code((*found & 0xffff) as usize).0) {
            *count += 1;
        }
    }
    if let Some(end) = literals.get_mut(256) {
        *end = 1;
    }
    (literals, distances)
}

/// What codes cost, bits, as of the block before.
struct Prices {
    literals: [u8; 256],
    lengths: [u8; LONGEST + 1],
    distances: [u8; 30],
}

impl Prices {
    /// Of a code that the block before did not have.
    const UNKNOWN: u8 = 13;

    fn new() -> Self {
        Self { literals: [6; 256], lengths: [10; LONGEST + 1], distances: [12; 30] }
    }

    fn learn(&mut self, literals: &Codes, distances: &Codes) {
        let price = |codes: &Codes, symbol: usize| match codes.lengths.get(symbol) {
            None | Some(0) => Self::UNKNOWN,
            Some(bits) => *bits,
        };
        self.literals.iter_mut().enumerate().for_each(|(symbol, bits)| *bits = price(literals, symbol));
        for (length, bits) in self.lengths.iter_mut().enumerate().skip(3) {
            let (symbol, _, more) = length_code(length);
            *bits = price(literals, symbol) + more as u8;
        }
        for (symbol, bits) in self.distances.iter_mut().enumerate() {
            *bits = price(distances, symbol) + (symbol / 2).saturating_sub(1) as u8;
        }
    }

    /// Whether a match is written in fewer bits than its bytes.
    #[inline(always)]
    fn pays(&self, bytes: &[u8], distance: usize) -> bool {
        let asked = self.lengths.get(bytes.len()).map_or(0, |bits| u32::from(*bits))
            + self.distances.get(distance_code(distance).0).map_or(0, |bits| u32::from(*bits));
        let mut saved = 0;
        for part in bytes.chunks(SAME) {
            saved += part.iter().filter_map(|v| self.literals.get(usize::from(*v))).map(|bits| u32::from(*bits)).sum::<u32>();
            if saved > asked {
                return true;
            }
        }
        false
    }
}

/// How many bytes from `a` on are those from `b` on.
fn common(input: &[u8], a: usize, b: usize) -> usize {
    let (Some(from), Some(to)) = (input.get(a..), input.get(b..)) else { return 0 };
    let limit = to.len().min(LONGEST);
    let (mut n, to) = (0, to.get(..limit).unwrap_or_default());
    for (x, y) in from.as_chunks::<8>().0.iter().zip(to.as_chunks::<8>().0) {
        let differ = u64::from_le_bytes(*x) ^ u64::from_le_bytes(*y);
        if differ != 0 {
            return n + (differ.trailing_zeros() / 8) as usize;
        }
        n += 8;
    }
    let rest = from.get(n..).unwrap_or_default().iter().zip(to.get(n..).unwrap_or_default());
    n + rest.take_while(|(x, y)| x == y).count()
}

/// Symbol, extra bits and how many, of a length of 3 to 258.
#[inline(always)]
fn length_code(length: usize) -> (usize, u32, u32) {
    let l = length as u32 - 3;
    if length == LONGEST {
        return (285, 0, 0);
    }
    if l < 8 {
        return (257 + l as usize, 0, 0);
    }
    let more = 29 - l.leading_zeros();
    let group = (l >> more) - 4;
    (257 + (4 * (more + 1) + group) as usize, l & ((1 << more) - 1), more)
}

/// The same of a distance of 1 to 32,768.
#[inline(always)]
fn distance_code(distance: usize) -> (usize, u32, u32) {
    let d = distance as u32 - 1;
    if d < 4 {
        return (d as usize, 0, 0);
    }
    let more = 30 - d.leading_zeros();
    let group = (d >> more) - 2;
    ((2 * (more + 1) + group) as usize, d & ((1 << more) - 1), more)
}

/// Huffman codes of at most so many bits, ready to be written (low bit first).
struct Codes {
    lengths: Vec<u8>,
    codes: Vec<u32>,
}

impl Codes {
    fn new(counts: &[u32], limit: u8) -> Self {
        let mut lengths = vec![0u8; counts.len()];
        let mut used: Vec<(u32, usize)> =
            counts.iter().enumerate().filter(|(_, n)| **n > 0).map(|(symbol, n)| (*n, symbol)).collect();
        used.sort_unstable();
        match used.as_slice() {
            [] => {}
            [(_, one)] => {
                // A code needs two symbols to be whole; readers take one as well, but some only of one bit.
                if let Some(length) = lengths.get_mut(*one) {
                    *length = 1;
                }
            }
            _ => depths(&used, limit, &mut lengths),
        }
        let mut next = [0u32; 16];
        let mut of = [0u32; 16];
        lengths.iter().filter(|l| **l > 0).for_each(|l| {
            if let Some(n) = of.get_mut(usize::from(*l)) {
                *n += 1;
            }
        });
        let mut code = 0;
        for (next, n) in next.iter_mut().skip(1).zip(of) {
            // `of` runs one behind: codes of a length follow those of the shorter ones.
            code = (code + n) << 1;
            *next = code;
        }
        let codes = lengths
            .iter()
            .map(|length| {
                let Some(next) = next.get_mut(usize::from(*length)).filter(|_| *length > 0) else { return 0 };
                let code = *next;
                *next += 1;
                code.reverse_bits() >> (32 - u32::from(*length))
            })
            .collect();
        Self { lengths, codes }
    }

    #[inline(always)]
    fn get(&self, symbol: usize) -> (u64, u32) {
        let code = self.codes.get(symbol).copied().unwrap_or(0);
        (u64::from(code), u32::from(self.lengths.get(symbol).copied().unwrap_or(0)))
    }
}

/// Depths in a Huffman tree of symbols by ascending count, none deeper than `limit`.
fn depths(used: &[(u32, usize)], limit: u8, lengths: &mut [u8]) {
    // Two queues: leaves by count, and inner nodes, which come up in order of themselves.
    let n = used.len();
    let mut weight: Vec<u64> = used.iter().map(|(count, _)| u64::from(*count)).collect();
    let mut parent = vec![0usize; 2 * n - 1];
    let (mut leaf, mut inner) = (0, n);
    for node in n..2 * n - 1 {
        let mut sum = 0;
        for _ in 0..2 {
            let by_leaf = leaf < n && (inner >= node || weight.get(leaf) <= weight.get(inner));
            let taken = if by_leaf { &mut leaf } else { &mut inner };
            sum += weight.get(*taken).copied().unwrap_or(0);
            if let Some(parent) = parent.get_mut(*taken) {
                *parent = node;
            }
            *taken += 1;
        }
        weight.push(sum);
    }
    let mut depth = vec![0u8; 2 * n - 1];
    for node in (0..2 * n - 2).rev() {
        let up = parent.get(node).and_then(|p| depth.get(*p)).copied().unwrap_or(0);
        if let Some(depth) = depth.get_mut(node) {
            *depth = up.saturating_add(1);
        }
    }
    // How many leaves lie at each depth; too deep ones are lifted, and the room that takes is made by lowering others (as zlib does).
    let mut of = [0u32; 64];
    let most = usize::from(limit);
    for d in depth.iter().take(n) {
        if let Some(count) = of.get_mut(usize::from(*d).min(most)) {
            *count += 1;
        }
    }
    let space =
        |of: &[u32; 64]| -> u64 { of.iter().take(most + 1).enumerate().skip(1).map(|(d, n)| u64::from(*n) << (most - d)).sum() };
    while space(&of) > 1 << most {
        // One leaf of the deepest level goes beside another that comes down from the next shorter one.
        let Some(from) = (1..most).rev().find(|d| of.get(*d).is_some_and(|n| *n > 0)) else { break };
        for (d, change) in [(from, -1i32), (from + 1, 2), (most, -1)] {
            if let Some(count) = of.get_mut(d) {
                *count = count.saturating_add_signed(change);
            }
        }
    }
    let mut at = used.iter();
    for d in (1..=most).rev() {
        for (_, symbol) in at.by_ref().take(of.get(d).copied().unwrap_or(0) as usize) {
            if let Some(length) = lengths.get_mut(*symbol) {
                *length = d as u8;
            }
        }
    }
}

/// Adler-32.
struct Adler {
    a: u32,
    b: u32,
}

impl Default for Adler {
    fn default() -> Self {
        Self { a: 1, b: 0 }
    }
}

impl Adler {
    fn add(&mut self, bytes: &[u8]) {
        const BASE: u32 = 65_521;
        for part in bytes.chunks(5552) {
            // Sixteen at once: what each adds to b is known beforehand, and what all before it add is counted apart.
            let (blocks, rest) = part.as_chunks::<16>();
            let (first, second) = (u16x8::from([16, 15, 14, 13, 12, 11, 10, 9]), u16x8::from([8, 7, 6, 5, 4, 3, 2, 1]));
            let wide = |v: u16x8| -> u32x4 {
                let v: u32x4 = cast(v);
                (v & u32x4::splat(0xffff)) + (v >> 16u32)
            };
            let (mut sum, mut before, mut weighted) = (u32x4::ZERO, u32x4::ZERO, u32x4::ZERO);
            for block in blocks {
                let block: u8x16 = cast(*block);
                let (low, high) = (u16x8::from_u8x16_low(block), u16x8::from_u8x16_high(block));
                before += sum;
                sum += wide(low + high);
                weighted += wide(low * first + high * second);
            }
            let total = |v: u32x4| v.to_array().iter().sum::<u32>();
            self.b += (self.a * blocks.len() as u32 + total(before)) * 16 + total(weighted);
            self.a += total(sum);
            for v in rest {
                self.a += u32::from(*v);
                self.b += self.a;
            }
            self.a %= BASE;
            self.b %= BASE;
        }
    }

    fn value(&self) -> u32 {
        self.b << 16 | self.a
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn back(stream: &[u8]) -> Vec<u8> {
        miniz_oxide::inflate::decompress_to_vec_zlib(stream).unwrap()
    }

    fn noise(n: usize, levels: u32) -> Vec<u8> {
        let mut seed = 9u32;
        let mut next = || {
            seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            ((seed >> 16) % levels) as u8
        };
        (0..n).map(|_| next()).collect()
    }

    #[test]
    fn what_goes_in_comes_out() {
        let waves: Vec<u8> = (0..300_000usize).map(|i| ((i % 777) * (i / 777 % 5) / 7) as u8).collect();
        let skewed: Vec<u8> = noise(200_000, 250).iter().map(|v| (v.leading_zeros() * 3) as u8).collect();
        for (name, bytes) in [
            ("nothing", vec![]),
            ("one", vec![7]),
            ("zeros", vec![0; 1_000_000]),
            ("short", b"abcabcabcabcabc".to_vec()),
            ("noise", noise(400_000, 256)),
            ("grain", noise(400_000, 9)),
            ("waves", waves),
            ("skewed", skewed),
        ] {
            for piece in [1 << 20, 4001, 97] {
                let mut deflate = Deflate::new();
                let mut stream = Vec::new();
                for part in bytes.chunks(piece) {
                    deflate.write(part);
                    stream.extend_from_slice(deflate.written());
                    deflate.clear_written();
                }
                deflate.end();
                stream.extend_from_slice(deflate.written());
                assert!(back(&stream) == bytes, "{name} in pieces of {piece}");
                assert!(stream.len() < bytes.len() + bytes.len() / 50 + 200, "{name}: {}", stream.len());
            }
        }
    }

    #[test]
    fn what_fills_its_last_block_is_read_by_strict_readers_too() {
        for length in [0, 1, BLOCK - 1, BLOCK, BLOCK + 1, 2 * BLOCK] {
            let bytes = noise(length, 256);
            let mut deflate = Deflate::new();
            deflate.write(&bytes);
            deflate.end();
            let read = fdeflate::decompress_to_vec(deflate.written()).unwrap();
            assert!(read == bytes, "{length}");
        }
    }

    #[test]
    fn no_code_is_longer_than_allowed_and_all_are_whole() {
        // Fibonacci counts make the deepest tree there is.
        let mut counts = vec![1u32, 1];
        while counts.len() < 40 {
            counts.push(counts[counts.len() - 1] + counts[counts.len() - 2]);
        }
        for (counts, limit) in [(&counts[..40], 15), (&counts[..19], 7), (&counts[..2], 7), (&counts[..30], 15)] {
            let codes = Codes::new(counts, limit);
            let whole: u64 = codes.lengths.iter().map(|l| 1u64 << (u32::from(limit) - u32::from(*l))).sum();
            assert_eq!(whole, 1 << limit);
        }
    }

    #[test]
    fn every_length_and_distance_has_its_code() {
        assert_eq!(length_code(3), (257, 0, 0));
        assert_eq!(length_code(10), (264, 0, 0));
        assert_eq!(length_code(11), (265, 0, 1));
        assert_eq!(length_code(257), (284, 30, 5));
        assert_eq!(length_code(258), (285, 0, 0));
        assert_eq!(distance_code(4), (3, 0, 0));
        assert_eq!(distance_code(5), (4, 0, 1));
        assert_eq!(distance_code(24_577), (29, 0, 13));
        assert_eq!(distance_code(32_768), (29, 8191, 13));
    }
}
