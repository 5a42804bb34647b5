//! Writes captures that look like what people have: `cargo bench --profile test --bench corpora -- FOLDER EVENTS
//! [KIND ..]`. Each is a file of its kind's name, or a folder of files; what the encrypted ones open with is in
//! `encrypt.key`. `benches/instructions/run` and `benches/peers/run` read them.

use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::Path;
use std::process::ExitCode;

#[path = "../tests/support/corpora/mod.rs"]
mod corpora;

use corpora::{KEY, KINDS, Kind};

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).filter(|arg| arg != "--bench").collect();
    let written = match &args[..] {
        [folder, events, names @ ..] => chosen(names)
            .and_then(|kinds| Ok((kinds, events.parse().map_err(|_| format!("{events} is no number"))?)))
            .and_then(|(kinds, events)| {
                write(Path::new(folder), events, &kinds).map_err(|error| format!("{folder}: {error}"))
            }),
        _ => Err("usage: cargo bench --bench corpora -- FOLDER EVENTS [KIND ..]".to_owned()),
    };
    match written {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::from(2)
        }
    }
}

/// The kinds of these names, or all.
fn chosen(names: &[String]) -> Result<Vec<Kind>, String> {
    let find = |name: &String| {
        let kind = KINDS.into_iter().find(|kind| kind.name() == name);
        kind.ok_or_else(|| format!("{name} is none of {}", KINDS.map(Kind::name).join(", ")))
    };
    if names.is_empty() { Ok(KINDS.to_vec()) } else { names.iter().map(find).collect() }
}

fn write(folder: &Path, events: usize, kinds: &[Kind]) -> io::Result<()> {
    fs::create_dir_all(folder)?;
    for &kind in kinds {
        let path = folder.join(kind.file());
        match kind {
            Kind::Files => {
                fs::create_dir_all(&path)?;
                for (number, text) in kind.pieces(events).enumerate() {
                    fs::write(path.join(format!("{number:06}.json")), text)?;
                }
            }
            _ => {
                let mut out = BufWriter::new(File::create(path)?);
                kind.write(events, &mut out)?;
                out.flush()?;
            }
        }
        if kind == Kind::Encrypted {
            fs::write(folder.join("encrypt.key"), format!("{KEY}\n"))?;
        }
    }
    Ok(())
}
