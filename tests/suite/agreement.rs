//! Two ways to the same answer, for every fixture, for thousands of mutants of them, and for the corpora: a stream and
//! each of its documents alone, one byte at a time and the whole at once; and what findings say of places is held
//! against `serde_json` and against counting by hand.

mod corpora;
mod inputs;

use std::convert::Infallible;
use std::ops::ControlFlow;

use crate::support::corpora::dice::Dice;
use crate::support::{Document, check};
use inputs::{Input, corpora, cuts, fixtures, mutants};
use larkspect::engine::{Engine, Seen};
use larkspect::finding::{Finding, Findings, Span};
use larkspect::json::Place;
use larkspect::report::Detail;
use larkspect::report::collect::Collected;
use larkspect::report::locate::Locator;
use larkspect::seen::events::Hasher;
use larkspect::stream::assemble::{Assembler, Piece};
use larkspect::stream::frame::{Handler, Item, Limits, read_all};
use larkspect::time::Zone;
use serde_json::Value;

const MUTANTS: usize = 4000;

/// Enough for the engine to remember what came before.
const EVENTS: usize = 60;

fn all() -> impl Iterator<Item = Input> {
    drawn(fixtures())
}

/// Those in which events stand as they are: what is taken out of something else has its own place in the stream.
fn plain() -> impl Iterator<Item = Input> {
    let stands = |input: &Input| {
        !["forms/", "logs.", "records.", "http.", "encrypted."].iter().any(|part| input.name.contains(part))
    };
    let mut fixtures = fixtures();
    fixtures.retain(stands);
    drawn(fixtures).filter(stands)
}

/// The fixtures and mutants of them; the corpora, whole and cut.
fn drawn(fixtures: Vec<Input>) -> impl Iterator<Item = Input> {
    let mutants: Vec<Input> = mutants(&fixtures, MUTANTS).collect();
    fixtures.into_iter().chain(mutants).chain(corpora(EVENTS)).chain(cuts())
}

fn hear<H: Handler>(text: &[u8], mut handler: H) -> H {
    let end = read_all(&mut Engine::new(Zone::Utc), text, Limits::default(), &mut handler);
    assert_eq!(end, text.len(), "everything is read");
    handler
}

fn shown(input: &Input) -> String {
    format!("{}\n{}", input.name, String::from_utf8_lossy(&input.text))
}

/// The engine remembers the order of keys and the type of the last document; that is about speed alone.
#[test]
fn a_document_is_the_same_among_others_and_alone() {
    for input in plain() {
        let stream = check(&input.text);
        let mut alone = Vec::new();
        for Document { form, place, .. } in &stream.documents {
            let Some(span) = place else { continue };
            let mut findings = Findings::default();
            let mut engine = Engine::new(Zone::Utc);
            let seen = engine.document(&input.text, span.start, &mut findings).expect("it was JSON before");
            assert_eq!((seen.form, seen.start..seen.end), (*form, span.clone()), "{}", shown(&input));
            alone.extend(findings.0.into_iter().filter(|found| found.rule.code != "reshaped-capture"));
        }
        // A missing comma is said of the brace after it, which begins a document with findings of its own.
        // What is in a document is for whoever reads the stream.
        let framing = [
            "json-syntax",
            "truncated-document",
            "invalid-utf8",
            "encrypted-without-key",
            "decryption-failed",
            "reshaped-capture",
        ];
        let of_document = |found: &&Finding| {
            let within = |span: &Span| span.start <= found.span.start && found.span.end <= span.end;
            !framing.contains(&found.rule.code)
                && stream.documents.iter().filter_map(|document| document.place.as_ref()).any(within)
        };
        let stream: Vec<&Finding> = stream.findings.0.iter().filter(of_document).collect();
        assert_eq!(stream, alone.iter().collect::<Vec<_>>(), "{}", shown(&input));
    }
}

/// However the stream comes in, its findings are the same, at the same places.
#[test]
fn in_pieces_and_whole_agree() {
    let mut dice = Dice(1);
    for (number, input) in all().enumerate() {
        // Byte by byte takes long, so not every one.
        let most = match number % 40 {
            0 if input.text.len() < 6 << 10 => 1,
            _ => 1 + dice.below(input.text.len() / 2 + 1),
        };
        let whole = in_pieces(&input.text, usize::MAX, || usize::MAX);
        let pieces = in_pieces(&input.text, 1 + number % 5, || 1 + dice.below(most));
        assert_eq!(whole, pieces, "{}", shown(&input));
    }
}

/// Collects few findings and is full.
struct Few {
    collected: Collected,
    most: usize,
}

impl Handler for Few {
    type Sink = <Collected as Handler>::Sink;
    fn sink(&mut self) -> &mut Self::Sink {
        self.collected.sink()
    }
    fn document(&mut self, seen: &Seen<'_>, item: Option<Item>) {
        self.collected.document(seen, item);
    }
    fn broken(&mut self, span: Span, item: Option<Item>) {
        self.collected.broken(span, item);
    }
    fn is_full(&self) -> bool {
        self.collected.findings.0.len() >= self.most
    }
}

/// Findings and their places in the stream, and how many documents and events there are.
fn in_pieces(text: &[u8], most: usize, mut size: impl FnMut() -> usize) -> (Vec<String>, u64, u64) {
    let mut engine = Engine::new(Zone::Utc);
    let mut assembler = Assembler::new(Limits::default());
    let hasher = Hasher::default();
    let (mut at, mut place) = (0usize, Place::START);
    let (mut lines, mut documents, mut events) = (Vec::new(), 0, 0);
    loop {
        let end = text.len().min(at.saturating_add(size()));
        let bytes = text[at..end].to_vec();
        let last = end == text.len();
        let piece = Piece { place, guess: None, last, json: false, text: bytes };
        let make = || Few { collected: Collected::new(hasher.clone()), most };
        let taken = assembler.piece(&mut engine, &piece, None, make, |stretch| {
            let collected = &stretch.handler.collected;
            let mut locator = Locator::new(stretch.text, stretch.place);
            for (found, about) in collected.findings.0.iter().zip(&collected.about) {
                let located = locator.locate(
                    found,
                    found.severity,
                    "x",
                    about.item.map(|item| item.number),
                    Detail::Words,
                );
                let (start, end, pointer) = (located.start, located.end, located.pointer());
                lines.push(format!("{start} {end} {} {pointer} {:?}", located.offset, found.words));
            }
            documents += collected.counts.documents;
            events += collected.counts.events;
            Ok::<_, Infallible>(ControlFlow::Continue(()))
        });
        assert_eq!(taken, Ok(ControlFlow::Continue(())));
        (at, place) = (end, piece.place.after(&piece.text));
        if last {
            return (lines, documents, events);
        }
    }
}

#[test]
fn findings_come_in_the_order_of_their_places() {
    for input in all() {
        let collected = hear(&input.text, Collected::new(Hasher::default()));
        let Collected { findings, about, .. } = &collected;
        assert_eq!(findings.0.len(), about.len(), "{}", shown(&input));
        let places: Vec<_> =
            findings.0.iter().zip(about).map(|(found, about)| (about.document, found.span.start)).collect();
        assert!(places.is_sorted(), "{places:?} {}", shown(&input));
        // Documents come one after another, so do findings of the whole stream.
        assert!(places.is_sorted_by_key(|(_, start)| start), "{places:?} {}", shown(&input));
    }
}

#[test]
fn findings_lie_within_the_text_and_between_characters() {
    for input in all() {
        let heard = check(&input.text);
        let utf8 = std::str::from_utf8(&input.text).ok();
        for found in &heard.findings.0 {
            let Span { start, end } = found.span;
            assert!(start <= end && end <= input.text.len(), "{found:?} {}", shown(&input));
            // The length that a request declares may end its body within a character.
            if let Some(text) = utf8.filter(|_| !input.name.contains("http")) {
                let between = text.is_char_boundary(start) && text.is_char_boundary(end);
                assert!(between, "{found:?} {}", shown(&input));
            }
            // No sentence ends with a full stop; a long number that is quoted in part ends with two.
            let message = &found.words.message;
            let message = message.strip_suffix("..").unwrap_or(message);
            assert!(!message.is_empty() && !message.ends_with('.'), "{found:?}");
        }
    }
}

#[test]
fn positions_are_those_that_one_counts() {
    for input in all() {
        let heard = hear(&input.text, Collected::new(Hasher::default()));
        let mut locator = Locator::new(&input.text, Place::START);
        for found in &heard.findings.0 {
            let located = locator.locate(found, found.severity, "x", None, Detail::Excerpt);
            for (position, at) in [(located.start, found.span.start), (located.end, found.span.end)] {
                let counted = counted(&input.text[..at]);
                assert_eq!((position.line, position.column), counted, "{found:?} {}", shown(&input));
            }
            let excerpt = located.excerpt;
            assert!(excerpt.start <= excerpt.end && excerpt.end <= excerpt.text.len());
            assert!(!excerpt.text.contains(&b'\n'), "{found:?} {}", shown(&input));
        }
    }
}

/// Line and column of what follows `before`: the slow way.
fn counted(before: &[u8]) -> (u64, u64) {
    let (mut line, mut column) = (1, 1);
    for byte in before {
        match byte {
            b'\n' => (line, column) = (line + 1, 1),
            // Continuation bytes of UTF-8 begin no character.
            0x80..=0xbf => {}
            _ => column += 1,
        }
    }
    (line, column)
}

/// A pointer leads to what the span shows: the same value, or the key of that name.
#[test]
fn pointers_lead_to_what_findings_show() {
    let mut followed = 0;
    for input in all() {
        let stream = check(&input.text);
        for span in stream.documents.iter().filter_map(|document| document.place.as_ref()) {
            // Lone surrogates and numbers beyond a float are JSON, but not to serde_json.
            let Ok(value) = serde_json::from_slice::<Value>(&input.text[span.clone()]) else { continue };
            let mut findings = Findings::default();
            Engine::new(Zone::Utc).document(&input.text, span.start, &mut findings).expect("it is JSON");
            // Of a key that stands twice serde_json has one value only.
            let twice = findings.0.iter().any(|found| found.rule.code == "duplicate-key");
            for found in &findings.0 {
                follow(found, &value, &input, twice);
                followed += 1;
            }
        }
    }
    assert!(followed > 700, "only {followed} pointers were followed");
}

fn follow(found: &Finding, document: &Value, input: &Input, twice: bool) {
    let at = document.pointer(&found.pointer);
    let span = &input.text[found.span.clone()];
    let context = || format!("{found:?}\n{}", shown(input));
    match found.rule.code {
        "missing-field" | "absent-field" => {
            let (parent, key) = found.pointer.rsplit_once('/').unwrap();
            assert!(twice || document.pointer(parent).is_some_and(Value::is_object), "{}", context());
            assert!(twice || at.is_none(), "{}", context());
            assert_eq!(span, b"{", "{}", context());
            assert!(found.words.message.contains(key), "{}", context());
        }
        "not-an-event" | "reshaped-capture" | "undocumented-challenge" => {
            assert!(found.pointer.is_empty() && span == b"{", "{}", context())
        }
        // Of a callback that does not say its type.
        "unknown-event-type" if found.pointer.is_empty() => assert_eq!(span, b"{", "{}", context()),
        "unknown-field" | "duplicate-key" => {
            let key: String = serde_json::from_slice(span).unwrap();
            let escaped = key.replace('~', "~0").replace('/', "~1");
            assert!(found.pointer.ends_with(&format!("/{escaped}")), "{}", context());
            assert!(twice || at.is_some(), "{}", context());
        }
        _ => {
            let value = serde_json::from_slice::<Value>(span);
            assert!(twice || at.is_some_and(|at| value.is_ok_and(|value| *at == value)), "{}", context());
        }
    }
}
