//! In: a name that is not known and the names that are. Out: the nearest one, for "did you mean".

/// The known name nearest to `found`, where it is near enough to be a slip of the pen.
#[must_use]
pub fn nearest<'a>(found: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let length = found.chars().count();
    if length == 0 || length > 64 {
        return None;
    }
    let folded = found.to_lowercase();
    known
        .into_iter()
        .filter_map(|name| {
            let reach = (length.max(name.chars().count()) / 3).clamp(1, 4);
            let steps = distance(&folded, &name.to_lowercase(), reach)?;
            Some((steps, name))
        })
        .min_by_key(|(steps, _)| *steps)
        .map(|(_, name)| name)
}

/// "did you mean 'headline'?", or nothing.
#[must_use]
pub fn did_you_mean<'a>(found: &str, known: impl IntoIterator<Item = &'a str>) -> Option<String> {
    nearest(found, known).map(|name| format!("did you mean '{name}'?"))
}

/// Optimal string alignment distance (insert, delete, replace, swap neighbours), `None` above `reach`.
fn distance(a: &str, b: &str, reach: usize) -> Option<usize> {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    if a.len().abs_diff(b.len()) > reach || b.len() > 128 {
        return None;
    }
    let get = |row: &[usize], at: usize| row.get(at).copied().unwrap_or(usize::MAX / 2);
    let mut before: Vec<usize> = Vec::new();
    let mut above: Vec<usize> = (0..=b.len()).collect();
    for (i, from) in a.iter().enumerate() {
        let mut row = Vec::with_capacity(b.len() + 1);
        row.push(i + 1);
        for (j, to) in b.iter().enumerate() {
            let replaced = get(&above, j) + usize::from(from != to);
            let mut best = replaced.min(get(&above, j + 1) + 1).min(get(&row, j) + 1);
            let swapped = i > 0 && j > 0 && a.get(i - 1) == Some(to) && b.get(j - 1) == Some(from);
            if swapped {
                best = best.min(get(&before, j - 1) + 1);
            }
            row.push(best);
        }
        before = std::mem::replace(&mut above, row);
    }
    above.last().copied().filter(|steps| *steps <= reach)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slips_are_found_and_strangers_are_not() {
        let known = ["headline", "subhead", "body", "call-to-action"];
        assert_eq!(nearest("headlin", known), Some("headline"));
        assert_eq!(nearest("haedline", known), Some("headline"));
        assert_eq!(nearest("Body", known), Some("body"));
        assert_eq!(nearest("cal-to-acton", known), Some("call-to-action"));
        assert_eq!(nearest("zebra", known), None);
        assert_eq!(nearest("", known), None);
    }
}
