//! In: the rules of a language (CLDR's own syntax) and a number. Out: its category: zero, one, two, few, many or other.

use super::number::Decimal;

/// The category of a number; `other` where no rule holds.
pub(crate) fn category<'a>(rules: &'a str, number: &Decimal) -> &'a str {
    rules
        .split(';')
        .filter_map(|rule| rule.split_once(':'))
        .find(|(_, rule)| holds(rule, number))
        .map_or("other", |(name, _)| name)
}

fn holds(rule: &str, number: &Decimal) -> bool {
    rule.split(" or ").any(|all| all.split(" and ").all(|relation| relates(relation.trim(), number)))
}

/// `n % 100 = 3..10,13` or `v != 0`.
fn relates(relation: &str, number: &Decimal) -> bool {
    let (left, right, equal) = match relation.split_once("!=") {
        Some((left, right)) => (left, right, false),
        None => match relation.split_once('=') {
            Some((left, right)) => (left, right, true),
            None => return false,
        },
    };
    let (operand, modulus) = left.split_once('%').map_or((left, None), |(o, m)| (o, m.trim().parse::<u64>().ok()));
    let value = operand_of(operand.trim(), number).map(|v| match modulus {
        Some(m) if m > 0 => v % m,
        _ => v,
    });
    let within = right.split(',').any(|part| {
        let (low, high) = part.trim().split_once("..").unwrap_or((part.trim(), part.trim()));
        match (low.trim().parse::<u64>(), high.trim().parse::<u64>(), value) {
            (Ok(low), Ok(high), Some(v)) => (low..=high).contains(&v),
            _ => false,
        }
    });
    within == equal
}

/// An operand of UTS 35; nothing for `n` with decimals, which equals no whole number.
fn operand_of(name: &str, number: &Decimal) -> Option<u64> {
    // The last 18 digits decide every rule there is; a larger number is told from a small one by a digit kept in front.
    let of = |digits: &[u8]| {
        let tail = digits.iter().skip(digits.len().saturating_sub(18));
        tail.fold(if digits.len() > 18 { 1 } else { 0 }, |n: u64, d| n * 10 + u64::from(*d))
    };
    // Decimals as the locale's plain form shows them: at most three, without trailing zeros.
    let shown = number.significant().get(..3).unwrap_or(number.significant());
    match name {
        "n" => shown.is_empty().then(|| of(&number.whole)),
        "i" => Some(of(&number.whole)),
        "v" | "w" => Some(shown.len() as u64),
        "f" | "t" => Some(of(shown)),
        _ => Some(0),
    }
}
