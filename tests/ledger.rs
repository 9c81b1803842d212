//! The ledger: every changed byte is found, stamps follow fingerprints, nothing unstamped leaves.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "a test may stop"
)]

use std::collections::BTreeMap;
use variorum::error::ErrorKind;
use variorum::fingerprint::Fingerprint;
use variorum::review::{Action, Event, Status, append, gate, state, verify};

fn print(n: u8) -> Fingerprint {
    Fingerprint::of(&[n])
}

fn event(variant: &str, seen: u8, action: Action) -> Event {
    Event {
        time_ms: 1_760_000_000_000,
        actor: "Ana \"Ä\" 山田".into(),
        action,
        variant: variant.into(),
        fingerprint: print(seen),
    }
}

fn ledger(events: &[Event]) -> String {
    let mut out = String::new();
    for event in events {
        let line = append(&out, event).unwrap();
        out.push_str(&line);
        out.push('\n');
    }
    out
}

fn sample() -> String {
    let back = Action::SendBack { reason: "logo\ntoo small".into() };
    ledger(&[
        event("a.en.main", 1, Action::Approve),
        event("b.en.main", 2, back),
        event("b.en.main", 2, Action::Undo),
        event("b.en.main", 3, Action::Approve),
        event("b.en.main", 3, Action::Comment { words: "Warmer?".into(), place: Some([540, 0]) }),
        event("c.en.main", 4, Action::ApproveUnseen),
    ])
}

#[test]
fn any_changed_byte_is_found() {
    let good = sample();
    verify(&good).unwrap();
    verify(good.trim_end()).unwrap();
    for at in 0..good.len() {
        for bit in 0..8 {
            let mut bytes = good.clone().into_bytes();
            bytes[at] ^= 1 << bit;
            if let Ok(text) = std::str::from_utf8(&bytes) {
                assert!(verify(text).is_err(), "byte {at} bit {bit} of {}", good.len());
            }
        }
    }
}

#[test]
fn lost_doubled_and_moved_lines_are_found_with_their_number() {
    let good = sample();
    let lines: Vec<&str> = good.lines().collect();
    let at = |lines: &[&str]| verify(&lines.join("\n")).unwrap_err().at;
    assert_eq!(at(&[lines[0], lines[2], lines[3]]), "ledger: line 2");
    assert_eq!(at(&[lines[0], lines[0], lines[1]]), "ledger: line 2");
    assert_eq!(at(&[lines[1], lines[0]]), "ledger: line 1");
    assert_eq!(at(&[lines[0], "", lines[1]]), "ledger: line 2");
    assert_eq!(verify("\n").unwrap_err().at, "ledger: line 1");
    verify("").unwrap();
    // A line rewritten with a fresh hash of its own does not fit the one after it.
    let other = ledger(&[event("a.en.main", 9, Action::Approve)]);
    assert_eq!(at(&[other.trim(), lines[1]]), "ledger: line 2");
}

#[test]
fn stamps_hold_on_what_was_seen() {
    let current = BTreeMap::from([
        ("a".to_owned(), print(1)),
        ("b".to_owned(), print(2)),
        ("c".to_owned(), print(3)),
        ("d".to_owned(), print(4)),
    ]);
    let mut events = vec![
        event("a", 1, Action::Approve),
        event("b", 9, Action::Approve),
        event("c", 3, Action::SendBack { reason: "dark".into() }),
        event("gone", 7, Action::Approve),
    ];
    let states = state(&ledger(&events), &current).unwrap();
    let status = |id: &str| states[id].status;
    assert_eq!(
        (status("a"), status("b"), status("c"), status("d")),
        (Status::Approved, Status::Reopened, Status::SentBack, Status::ToReview)
    );
    assert_eq!(states["c"].reason.as_deref(), Some("dark"));
    assert_eq!(states.len(), 4);
    let refused = gate(["a", "b", "c", "d"], &states).unwrap_err();
    assert_eq!(refused.0.iter().map(|e| e.at.as_str()).collect::<Vec<_>>(), ["b", "c", "d"]);
    assert!(refused.0.iter().all(|e| e.kind == ErrorKind::State));
    gate(["a"], &states).unwrap();

    // An edit reopens; taking it back brings the approval back; undo takes away the latest that stands.
    let edited = BTreeMap::from([("a".to_owned(), print(8))]);
    assert_eq!(state(&ledger(&events), &edited).unwrap()["a"].status, Status::Reopened);
    events.push(event("a", 8, Action::Approve));
    assert_eq!(state(&ledger(&events), &edited).unwrap()["a"].status, Status::Approved);
    assert_eq!(state(&ledger(&events), &current).unwrap()["a"].status, Status::Approved);
    events.push(event("a", 8, Action::Undo));
    assert_eq!(state(&ledger(&events), &edited).unwrap()["a"].status, Status::Reopened);
    events.push(event("a", 8, Action::Undo));
    assert_eq!(state(&ledger(&events), &edited).unwrap()["a"].status, Status::ToReview);
}

#[test]
fn what_is_not_said_is_refused() {
    let refused = |event: Event| append("", &event).unwrap_err().kind;
    assert_eq!(refused(event("a", 1, Action::SendBack { reason: " ".into() })), ErrorKind::Missing);
    assert_eq!(refused(Event { actor: String::new(), ..event("a", 1, Action::Approve) }), ErrorKind::Missing);
    assert_eq!(refused(event("a", 1, Action::SendBack { reason: "x".repeat(5000) })), ErrorKind::Limit);
    assert!(append("not a ledger", &event("a", 1, Action::Approve)).is_err());
}

#[test]
fn a_comment_is_no_stamp_and_a_stamp_on_the_unseen_says_so() {
    let current = BTreeMap::from([("a".to_owned(), print(1)), ("b".to_owned(), print(2)), ("c".to_owned(), print(3))]);
    let comment = |place| Action::Comment { words: "The logo, a little larger?".into(), place };
    let said = ledger(&[
        event("a", 1, comment(Some([12, 34]))),
        event("b", 2, Action::Approve),
        event("b", 2, comment(None)),
        event("b", 2, Action::Undo),
        event("c", 3, Action::ApproveUnseen),
    ]);
    let states = state(&said, &current).unwrap();
    assert_eq!(
        [states["a"].status, states["b"].status, states["c"].status],
        [Status::ToReview, Status::ToReview, Status::Approved]
    );
    assert!(states["c"].unseen);
    gate(["c"], &states).unwrap();
    let first = variorum::review::read(&said).unwrap().remove(0);
    assert_eq!(first.event.action, comment(Some([12, 34])));
    let empty = event("a", 1, Action::Comment { words: " ".into(), place: None });
    assert_eq!(append("", &empty).unwrap_err().kind, ErrorKind::Missing);
}
