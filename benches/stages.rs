//! The stages of the pipeline on one thread, over events in memory: `cargo bench`, or `cargo bench -- walk`.

use std::hint::black_box;
use std::sync::LazyLock;

use divan::Bencher;
use divan::counter::{BytesCount, ItemsCount};
use larkspect::engine::Engine;
use larkspect::export::{Columns, Dialect, Format, RowWriter, Wish};
use larkspect::finding::Findings;
use larkspect::json::{Cursor, Place};
use larkspect::query::Spot;
use larkspect::report::collect::Collected;
use larkspect::report::locate::Locator;
use larkspect::sample::{Frame, START, Sampler};
use larkspect::seen::events::Hasher;
use larkspect::stream::frame::{Input, Limits, State, segment};
use larkspect::time::{Clock, Millis, Seconds, Zone};
use larkspect::{
    catalog::{self, EVENTS, Event},
    lang::Lang,
};

const COUNT: usize = 2_000;

struct Corpus {
    text: Vec<u8>,
    /// Where the events begin.
    starts: Vec<usize>,
}

fn event() -> &'static Event {
    catalog::event("attendance.user_flow.created_v1").unwrap_or(EVENTS[0])
}

fn corpus(mut make: impl FnMut(&mut Sampler, &mut Vec<u8>)) -> Corpus {
    let mut sampler = Sampler::new(1, event(), START);
    let mut corpus = Corpus { text: Vec::new(), starts: Vec::new() };
    for _ in 0..COUNT {
        corpus.starts.push(corpus.text.len());
        make(&mut sampler, &mut corpus.text);
        corpus.text.push(b'\n');
    }
    corpus
}

static CLEAN: LazyLock<Corpus> = LazyLock::new(|| corpus(|sampler, text| sampler.event(text)));

/// One event in a hundred breaks a rule.
static FAULTY: LazyLock<Corpus> = LazyLock::new(|| {
    corpus(|sampler, text| {
        sampler.mixed(0.01, Frame { pretty: false, array: false }, text);
    })
});

fn zone() -> Zone {
    "+08:00".parse().expect("an offset")
}

fn main() {
    divan::main();
}

/// Counts bytes and events, so that rates are printed.
fn rated<'a, 'b>(bencher: Bencher<'a, 'b>, corpus: &Corpus) -> Bencher<'a, 'b> {
    bencher.counter(BytesCount::new(corpus.text.len())).counter(ItemsCount::new(COUNT))
}

#[divan::bench]
fn utf8(bencher: Bencher) {
    let text = &CLEAN.text;
    rated(bencher, &CLEAN).bench(|| simdutf8::basic::from_utf8(black_box(text)).is_ok());
}

/// The grammar alone: a cursor steps over every document.
#[divan::bench]
fn cursor(bencher: Bencher) {
    rated(bencher, &CLEAN).bench(|| {
        let mut cursor = Cursor::new(black_box(&CLEAN.text), 0);
        let mut count = 0;
        while cursor.space().is_some() {
            cursor.value(0).expect("the samples are JSON");
            count += 1;
        }
        count
    });
}

/// The engine, and what it costs to keep findings instead of counting them.
#[divan::bench_group]
mod walk {
    use super::*;

    fn walk(bencher: Bencher, corpus: &Corpus) {
        let mut engine = Engine::new(zone());
        rated(bencher, corpus).bench_local(|| {
            let mut sink = Findings::default();
            let text = black_box(&corpus.text);
            let events = corpus.starts.iter().filter(|at| engine.document(text, **at, &mut sink).is_ok());
            black_box(events.count());
            sink
        });
    }

    #[divan::bench]
    fn clean(bencher: Bencher) {
        walk(bencher, &CLEAN);
    }

    #[divan::bench]
    fn faulty(bencher: Bencher) {
        walk(bencher, &FAULTY);
    }
}

/// What a worker of `check` does with a piece of a stream: framing, walk and identities.
#[divan::bench]
fn check(bencher: Bencher) {
    let mut engine = Engine::new(zone());
    let hasher = Hasher::default();
    rated(bencher, &CLEAN).bench_local(|| {
        let mut handler = Collected::new(hasher.clone());
        let text = black_box(&CLEAN.text);
        let input = Input { text, last: true, utf8: true, place: Place::START };
        segment(&mut engine, input, &mut State::default(), Limits::default(), &mut handler);
        handler
    });
}

/// Walk and rows.
#[divan::bench_group]
mod convert {
    use super::*;

    fn rows(bencher: Bencher, format: &str) {
        let format = Format::named(format).expect("a format");
        let columns = Columns::new(Some(event()), &Wish::default()).expect("all columns");
        let mut writer = RowWriter::new(columns, format, Dialect::default(), Lang::En, zone());
        let mut engine = Engine::new(zone());
        let mut out = Vec::new();
        rated(bencher, &CLEAN).bench_local(|| {
            out.clear();
            let text = black_box(&CLEAN.text);
            for at in &CLEAN.starts {
                let seen =
                    engine.document(text, *at, &mut Findings::default()).expect("the samples are JSON");
                writer.row(&seen, &Spot::default(), &mut out);
            }
            out.len()
        });
    }

    #[divan::bench]
    fn csv(bencher: Bencher) {
        rows(bencher, "csv");
    }

    #[divan::bench]
    fn ndjson(bencher: Bencher) {
        rows(bencher, "ndjson");
    }
}

/// The two moments of each event.
#[divan::bench]
fn times(bencher: Bencher) {
    let mut clock = Clock::new(zone());
    let mut out = Vec::new();
    bencher.counter(ItemsCount::new(2 * COUNT)).bench_local(|| {
        out.clear();
        for number in 0..COUNT as i64 {
            let created = black_box(START.0 + number * 7_013);
            let _ = clock.iso_millis(Millis(created), &mut out);
            let _ = clock.iso_seconds(Seconds(created / 1000 - 1), &mut out);
        }
        out.len()
    });
}

/// Lines and columns of the place in the middle of every event.
#[divan::bench]
fn locate(bencher: Bencher) {
    rated(bencher, &CLEAN).bench(|| {
        let mut locator = Locator::new(black_box(&CLEAN.text), Place::START);
        CLEAN.starts.iter().map(|at| locator.place(at + 300).position().column).sum::<u64>()
    });
}
