//! Writes a text of each kind that costs a careless reader most: `cargo bench --bench hostile -- FOLDER BYTES`.
//! `benches/growth/run` reads them.

use std::path::PathBuf;
use std::process::ExitCode;

#[path = "../tests/support/hostile.rs"]
mod hostile;

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).filter(|arg| arg != "--bench").collect();
    let [folder, bytes] = &args[..] else {
        eprintln!("usage: cargo bench --bench hostile -- FOLDER BYTES");
        return ExitCode::from(2);
    };
    let Ok(bytes) = bytes.parse() else {
        eprintln!("{bytes} is no number of bytes");
        return ExitCode::from(2);
    };
    for (name, make) in hostile::KINDS {
        let path = PathBuf::from(folder).join(name);
        if let Err(error) = std::fs::write(&path, make(bytes)) {
            eprintln!("{}: {error}", path.display());
            return ExitCode::from(2);
        }
    }
    ExitCode::SUCCESS
}
