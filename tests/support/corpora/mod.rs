//! Captures that look like what people have, the same in every run. They share nothing with the program's own
//! `sample`: neither what events hold nor how they are laid out, so that nothing is fast because of how it was measured.
//!
//! The first events of a corpus are those of a shorter one, and all but the mixed, the varied and the unknown ones
//! carry the same punches: what their figures differ by is what the carrier costs.

#![allow(dead_code)] // each user needs its part

mod carriers;
pub mod dice;
mod faults;
mod json;
mod layouts;
mod types;
mod values;

use std::io::{self, Write};

use dice::Dice;
use flate2::Compression;
use flate2::write::GzEncoder;
use json::Json;
use layouts::{PRETTY, SENT};
use ruzstd::encoding::{CompressionLevel, compress_to_vec};
use types::Moment;

pub use carriers::KEY;
pub use faults::is_faulty;

/// What a corpus is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Punches as the platform sends them, a line each.
    Uniform,
    /// The same type, with keys in other orders, spaces, escapes, fields that are absent and fields that nobody documents.
    Varied,
    /// Each punch on many lines.
    Pretty,
    /// The ten most common types.
    Mixed,
    /// Types that are not in the catalogue.
    Unknown,
    /// Lines of logs of several programs.
    Logs,
    /// Records of logs that are JSON, the event in a string of theirs.
    Records,
    /// Whole requests.
    Http,
    /// Bodies encrypted with [`KEY`].
    Encrypted,
    Gzip,
    Zstd,
    /// One in a hundred with an error.
    Faulty,
    /// A file for each punch.
    Files,
    /// All punches in one array.
    Array,
}

pub const KINDS: [Kind; 14] = [
    Kind::Uniform,
    Kind::Varied,
    Kind::Pretty,
    Kind::Mixed,
    Kind::Unknown,
    Kind::Logs,
    Kind::Records,
    Kind::Http,
    Kind::Encrypted,
    Kind::Gzip,
    Kind::Zstd,
    Kind::Faulty,
    Kind::Files,
    Kind::Array,
];

impl Kind {
    /// The name of its file: that of a folder where it has many.
    pub fn file(self) -> &'static str {
        match self {
            Kind::Uniform => "uniform.ndjson",
            Kind::Varied => "varied.ndjson",
            Kind::Pretty => "pretty.json",
            Kind::Mixed => "mixed.ndjson",
            Kind::Unknown => "unknown.ndjson",
            Kind::Logs => "logs.log",
            Kind::Records => "records.ndjson",
            Kind::Http => "http.txt",
            Kind::Encrypted => "encrypted.ndjson",
            Kind::Gzip => "gzip.ndjson.gz",
            Kind::Zstd => "zstd.ndjson.zst",
            Kind::Faulty => "faulty.ndjson",
            Kind::Files => "files",
            Kind::Array => "array.json",
        }
    }

    /// Its name on a command line: that of its file up to the first dot.
    pub fn name(self) -> &'static str {
        self.file().split('.').next().unwrap_or_default()
    }

    /// What stands in a corpus of so many events, an event in each.
    pub fn pieces(self, events: usize) -> Box<dyn Iterator<Item = String>> {
        let carried = |carry: fn(usize, &str, &mut Dice) -> String| {
            let mut dice = Dice(2);
            punches(events)
                .enumerate()
                .map(move |(number, punch)| carry(number, &SENT.write(&punch), &mut dice))
        };
        match self {
            Kind::Uniform | Kind::Gzip | Kind::Zstd => Box::new(punches(events).map(|punch| line(&punch))),
            Kind::Varied => Box::new(made(events, |at| at.next(layouts::varied) + "\n")),
            Kind::Mixed => Box::new(made(events, |at| line(&at.next(types::common)))),
            Kind::Unknown => Box::new(made(events, |at| line(&at.next(types::unknown)))),
            Kind::Pretty | Kind::Files => Box::new(punches(events).map(|punch| PRETTY.write(&punch) + "\n")),
            Kind::Logs => Box::new(carried(carriers::logged)),
            Kind::Records => Box::new(carried(carriers::record)),
            Kind::Http => Box::new(carried(carriers::request)),
            Kind::Encrypted => Box::new(carried(carriers::encrypted)),
            Kind::Faulty => {
                Box::new(punches(events).enumerate().map(|(number, punch)| match is_faulty(number) {
                    true => faults::spoiled(number, punch) + "\n",
                    false => line(&punch),
                }))
            }
            Kind::Array => Box::new(punches(events).enumerate().map(move |(number, punch)| {
                let (before, after) =
                    (["[", ","][(number > 0) as usize], ["", "]\n"][(number + 1 == events) as usize]);
                format!("{before}{}{after}", SENT.write(&punch))
            })),
        }
    }

    /// Writes a corpus of so many events.
    pub fn write(self, events: usize, out: &mut dyn Write) -> io::Result<()> {
        match self {
            Kind::Gzip => {
                let mut packed = GzEncoder::new(out, Compression::default());
                Kind::Uniform.write(events, &mut packed)?;
                packed.finish().map(drop)
            }
            Kind::Zstd => {
                let mut packed = Frames { waiting: Vec::new(), out };
                Kind::Uniform.write(events, &mut packed)?;
                packed.frame()
            }
            _ => self.pieces(events).try_for_each(|piece| out.write_all(piece.as_bytes())),
        }
    }

    /// A corpus of so many events, whole.
    pub fn text(self, events: usize) -> Vec<u8> {
        let mut text = Vec::new();
        self.write(events, &mut text).expect("memory takes it");
        text
    }
}

/// Documents of one after another.
fn made<T>(events: usize, mut make: impl FnMut(&mut Moment) -> T) -> impl Iterator<Item = T> {
    let mut at = Moment::new(1);
    (0..events).map(move |_| make(&mut at))
}

fn punches(events: usize) -> impl Iterator<Item = Json> {
    made(events, |at| at.next(types::punch))
}

fn line(document: &Json) -> String {
    SENT.write(document) + "\n"
}

/// Packs as `pzstd` does, a frame for so many megabytes: the compressor at hand takes a text that is whole.
struct Frames<'o> {
    waiting: Vec<u8>,
    out: &'o mut dyn Write,
}

impl Frames<'_> {
    fn frame(&mut self) -> io::Result<()> {
        let frame = compress_to_vec(&*self.waiting, CompressionLevel::Fastest);
        self.waiting.clear();
        self.out.write_all(&frame)
    }
}

impl Write for Frames<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.waiting.extend_from_slice(bytes);
        if self.waiting.len() >= 8 << 20 {
            self.frame()?;
        }
        Ok(bytes.len())
    }
    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
