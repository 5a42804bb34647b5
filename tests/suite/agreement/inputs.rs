//! What the differential tests read: every fixture, packed ones unpacked, thousands of deterministic mutants, and the
//! corpora.

use std::io::Read;
use std::path::{Path, PathBuf};

use crate::support::corpora::dice::Dice;
use crate::support::corpora::{KINDS, Kind};

/// An input and where it came from, for messages.
pub struct Input {
    pub name: String,
    pub text: Vec<u8>,
}

/// Every file of `fixtures`, and what is within the packed ones.
pub fn fixtures() -> Vec<Input> {
    let mut paths = Vec::new();
    files(&Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures"), &mut paths);
    paths.sort();
    let mut inputs = Vec::new();
    for path in paths {
        let name = path.strip_prefix(env!("CARGO_MANIFEST_DIR")).unwrap().display().to_string();
        let text = std::fs::read(&path).unwrap();
        if let Some(unpacked) = unpack(&text) {
            inputs.push(Input { name: format!("{name}, unpacked"), text: unpacked });
        }
        inputs.push(Input { name, text });
    }
    assert!(inputs.len() > 40, "the fixtures have gone");
    inputs
}

/// The corpora of so many events, but for those that differ from another as files alone.
pub fn corpora(events: usize) -> impl Iterator<Item = Input> {
    let kinds = KINDS.into_iter().filter(|kind| ![Kind::Gzip, Kind::Zstd, Kind::Files].contains(kind));
    kinds.map(move |kind| Input {
        name: format!("{events} events of the corpus {}", kind.file()),
        text: kind.text(events),
    })
}

/// The corpora of few events with both ends cut off somewhere, as rotation and `tail -c` do.
pub fn cuts() -> impl Iterator<Item = Input> {
    let mut dice = Dice(3);
    corpora(6).flat_map(move |Input { name, text }| {
        let cuts = (0..20).map(|_| {
            let start = dice.below(text.len() / 2);
            let end = text.len() - dice.below(text.len() / 2);
            Input { name: format!("{name}, from {start} to {end}"), text: text[start..end].to_vec() }
        });
        cuts.collect::<Vec<_>>()
    })
}

fn files(folder: &Path, paths: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        match path.extension() {
            _ if path.is_dir() => files(&path, paths),
            // What `check` says of the fixture beside it.
            Some(end) if end == "txt" && path.with_extension("json").exists() => {}
            _ => paths.push(path),
        }
    }
}

fn unpack(packed: &[u8]) -> Option<Vec<u8>> {
    let mut text = Vec::new();
    match packed {
        [0x1f, 0x8b, ..] => drop(flate2::read::MultiGzDecoder::new(packed).read_to_end(&mut text).unwrap()),
        // One frame is enough to be different from the packed bytes.
        [0x28, 0xb5, 0x2f, 0xfd, ..] => {
            let mut frame = ruzstd::decoding::StreamingDecoder::new(packed).unwrap();
            frame.read_to_end(&mut text).unwrap();
        }
        _ => return None,
    }
    Some(text)
}

/// `count` inputs that are a fixture with something done to it, the same ones in every run.
pub fn mutants(fixtures: &[Input], count: usize) -> impl Iterator<Item = Input> {
    let mut dice = Dice(0x6c61_726b);
    // Large captures teach no more than small ones, and take longer.
    let fixtures: Vec<&Input> = fixtures.iter().filter(|input| input.text.len() < 16 << 10).collect();
    (0..count).map(move |number| {
        let Input { name, text } = fixtures[number % fixtures.len()];
        let mut text = text.clone();
        let mut done = Vec::new();
        for _ in 0..=dice.below(3) {
            done.push(mutate(&mut text, &fixtures, &mut dice));
        }
        Input { name: format!("{name}, mutant {number}: {}", done.join(", ")), text }
    })
}

/// Does one thing to a text, and says what.
fn mutate(text: &mut Vec<u8>, fixtures: &[&Input], dice: &mut Dice) -> &'static str {
    let at = dice.below(text.len() + 1);
    let end = at + dice.below((text.len() - at).min(200) + 1);
    match dice.below(10) {
        0 => {
            if let Some(byte) = text.get_mut(at) {
                *byte ^= 1 << dice.below(8);
            }
            "a bit flipped"
        }
        1 => {
            if let Some(byte) = text.get_mut(at) {
                *byte = dice.below(256) as u8;
            }
            "a byte changed"
        }
        2 => {
            text.drain(at..end);
            "a piece cut out"
        }
        3 => {
            text.truncate(at);
            "the end cut off"
        }
        4 => {
            let piece = text[at..end].to_vec();
            text.splice(at..at, piece);
            "a piece twice"
        }
        5 => {
            let other = &fixtures[dice.below(fixtures.len())].text;
            let from = dice.below(other.len() + 1);
            let to = from + dice.below((other.len() - from).min(400) + 1);
            text.splice(at..end, other[from..to].iter().copied());
            "a piece of another fixture"
        }
        6 | 7 => {
            let member = dice.choose(&members(text)).cloned().unwrap_or(at..at);
            let copy = text[member.clone()].to_vec();
            text.splice(member.end..member.end, [b",", &*copy].concat());
            "a member twice"
        }
        8 => {
            let member = dice.choose(&members(text)).cloned().unwrap_or(at..at);
            let value =
                member.start + text[member.clone()].iter().position(|b| *b == b':').map_or(0, |at| at + 1);
            let odd = dice.choose(ODD).copied().unwrap_or_default();
            text.splice(value..member.end, odd.as_bytes().iter().copied());
            "an odd value"
        }
        _ => {
            let odd = dice.choose(ODD).copied().unwrap_or_default();
            text.splice(at..at, odd.as_bytes().iter().copied());
            "an odd piece put in"
        }
    }
}

const ODD: &[&str] = &[
    "null",
    "true",
    "1.0",
    "-0",
    "1e400",
    "9",
    "\"9\"",
    "\"\"",
    "\"1615381916000\"",
    "\"\\ud83d\"",
    "\"\\u0000/~\"",
    "[]",
    "{}",
    "[{\"a\":1,\"\\u0061\":2}]",
    "{\"a/b\":{\"~\":\"\\udc00\"}}",
    "[[[1,[2,\"\\ud800\"]]]]",
    "\n",
    "\r\n",
    "\u{feff}",
    "\u{1e}",
    "]",
    "[",
    "{",
    "}",
    ",",
    "\"",
    "\\",
    "浙",
    "\u{1f600}",
    "nul",
    "tru",
    "01",
    "{\"challenge\":\"x\"}",
    "\"type\":\"url_verification\",",
    "\"encrypt\":\"x\",",
    "\"uuid\":1,",
];

/// The members of one line without nesting, roughly: enough to do something to them that leaves JSON.
fn members(text: &[u8]) -> Vec<std::ops::Range<usize>> {
    let mut members = Vec::new();
    let mut start = None;
    for (at, byte) in text.iter().enumerate() {
        match byte {
            b'{' | b',' => {
                members.extend(start.take().map(|start| start..at));
                start = Some(at + 1);
            }
            b'}' | b'\n' => members.extend(start.take().map(|start| start..at)),
            b'[' => start = None,
            _ => {}
        }
    }
    members.retain(|member| text[member.clone()].contains(&b':'));
    members
}
