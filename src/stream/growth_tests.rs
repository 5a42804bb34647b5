//! Time and memory grow with the input, not with its square, whatever it holds.

use std::sync::LazyLock;
use std::time::{Duration, Instant};

use crate::engine::Engine;
use crate::finding::Severity;
use crate::json::{Place, is_utf8};
use crate::report::Detail;
use crate::report::collect::Collected;
use crate::report::locate::Locator;
use crate::seen::events::Hasher;
use crate::steps;
use crate::time::Zone;

use super::frame::{Input, Limits, State, segment};

#[path = "../../tests/support/hostile.rs"]
mod hostile;

/// Reads `text` and places what is found in it.
fn read(text: &[u8]) {
    let mut engine = Engine::new(Zone::Utc);
    let mut state = State::default();
    let utf8 = is_utf8(text);
    let mut at = 0;
    while at < text.len() {
        let mut collected = Collected::new(Hasher::default());
        let rest = &text[at..];
        let input = Input { text: rest, last: true, utf8, place: Place::START };
        let read = segment(&mut engine, input, &mut state, Limits::default(), &mut collected);
        let mut locator = Locator::new(rest, Place::START);
        for finding in &collected.findings.0 {
            locator.locate(finding, Severity::Error, "-", None, Detail::Words);
        }
        assert!(read > 0, "it goes on");
        at += read;
    }
}

/// Bytes looked at to do so.
fn effort(text: &[u8]) -> u64 {
    steps::of(|| read(text))
}

/// What this thread has computed so far, where the system tells; elsewhere the time of day.
fn computed() -> Duration {
    static START: LazyLock<Instant> = LazyLock::new(Instant::now);
    let told = std::fs::read_to_string("/proc/thread-self/schedstat").ok();
    let nanos = told.and_then(|told| told.split(' ').next()?.parse().ok());
    nanos.map_or_else(|| START.elapsed(), Duration::from_nanos)
}

#[test]
fn effort_grows_with_the_input_and_not_with_its_square() {
    const SIZE: usize = 8 << 10;
    const FAR: usize = 64 << 10;
    assert!(hostile::KINDS.len() >= 200);
    let grows = |make: fn(usize) -> Vec<u8>, size: usize| {
        let sizes = [size, 2 * size, 4 * size].map(|size| {
            let text = make(size);
            (text.len() as u64, effort(&text))
        });
        // Four times the text may take four times the effort, and a little more: a square would take sixteen times.
        let [(_, once), (_, twice), (length, four)] = sizes;
        let slack = size as u64;
        let square = twice > 2 * once + once / 2 + slack || four > 5 * once + 2 * slack;
        (sizes, four / length, square)
    };
    let mut wrong = Vec::new();
    for (name, make) in hostile::KINDS {
        let (mut sizes, mut each, mut square) = grows(*make, SIZE);
        // What is kept and what is tried are bounded, and a text just as long as such a bound takes a step that is no
        // square: where all the bounds are passed, it grows with the input alone.
        if square && each <= MOST {
            (sizes, each, square) = grows(*make, FAR);
        }
        if square || each > MOST {
            wrong.push(format!("{name}: {sizes:?}, {each} for a byte"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// A loop that counts no steps is seen by the time that it takes: four times the text may take some five times as long,
/// and what takes sixteen times as long is a square. Only what takes long is measured further, and again, as something
/// else may have slowed it.
#[test]
fn time_grows_with_the_input_where_no_steps_are_counted() {
    const SIZE: usize = 4 << 10;
    const LONG: Duration = Duration::from_millis(80);
    /// Some 100 µs for each byte, without optimisation: a megabyte would take minutes, whatever it grows with.
    const TOO_LONG: Duration = Duration::from_millis(1500);
    let took = |text: &[u8]| {
        let before = computed();
        read(text);
        computed() - before
    };
    let is_slow = |once: &[u8], four: &[u8]| {
        let four = took(four);
        (four > TOO_LONG || four > LONG && four > 12 * took(once)).then_some(four)
    };
    let mut wrong = Vec::new();
    for (name, make) in hostile::KINDS {
        let [once, four] = [SIZE, 4 * SIZE].map(make);
        let times: Option<Vec<_>> = (0..4).map(|_| is_slow(&once, &four)).collect();
        if let Some(times) = times {
            wrong.push(format!("{name}: {times:.0?} for {} bytes", four.len()));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Where nothing is found, much is kept, and let go together: each place of it once.
#[test]
fn brackets_that_were_kept_are_let_go_without_a_look_at_all_that_follows() {
    let text = "[]".repeat(40_000);
    let effort = effort(text.as_bytes());
    assert!(effort < 40 * text.len() as u64, "{effort}");
}

#[test]
fn every_kind_has_a_name_of_its_own() {
    let mut names: Vec<&str> = hostile::KINDS.iter().map(|(name, _)| *name).collect();
    names.sort_unstable();
    let twice: Vec<_> = names.windows(2).filter(|pair| pair[0] == pair[1]).collect();
    assert!(twice.is_empty(), "{twice:?}");
}

/// How often a byte may be looked at. A line of a log is looked at in many ways, each a few times.
const MOST: u64 = 200;
