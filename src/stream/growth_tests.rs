//! Time and memory grow with the input, not with its square, whatever it holds.

use crate::engine::Engine;
use crate::finding::Severity;
use crate::json::{Place, is_utf8};
use crate::report::collect::Collected;
use crate::report::locate::Locator;
use crate::seen::events::Hasher;
use crate::steps;
use crate::time::Zone;

use super::frame::{Input, Limits, State, segment};

#[path = "../../tests/support/hostile.rs"]
mod hostile;

/// Bytes looked at to read `text` and to place what is found in it.
fn effort(text: &[u8]) -> u64 {
    steps::of(|| {
        let mut engine = Engine::new(Zone::Utc);
        let mut state = State::default();
        let utf8 = is_utf8(text);
        let mut at = 0;
        while at < text.len() {
            let mut collected = Collected::new(Hasher::default());
            let rest = &text[at..];
            let input = Input { text: rest, last: true, utf8 };
            let read = segment(&mut engine, input, &mut state, Limits::default(), &mut collected);
            let mut locator = Locator::new(rest, Place::START);
            for finding in &collected.findings.0 {
                locator.locate(finding, Severity::Error, "-", None, false);
            }
            assert!(read > 0, "it goes on");
            at += read;
        }
    })
}

#[test]
fn effort_grows_with_the_input_and_not_with_its_square() {
    const SIZE: usize = 8 << 10;
    assert!(hostile::KINDS.len() >= 60);
    let mut wrong = Vec::new();
    for (name, make) in hostile::KINDS {
        let sizes = [SIZE, 2 * SIZE, 4 * SIZE].map(|size| {
            let text = make(size);
            (text.len() as u64, effort(&text))
        });
        // Four times the text may take four times the effort, and a little more: a square would take sixteen times.
        let [(_, once), (_, twice), (length, four)] = sizes;
        let slack = SIZE as u64;
        if twice > 2 * once + once / 2 + slack || four > 5 * once + 2 * slack || four > MOST * length {
            wrong.push(format!("{name}: {sizes:?}, {} for a byte", four / length));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// How often a byte may be looked at. A line of a log is looked at in many ways, each a few times.
const MOST: u64 = 200;
