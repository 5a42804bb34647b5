//! What the name of an output says of what is to stand in it: `day.csv.gz`.

use std::ffi::OsStr;
use std::path::Path;

use crate::export::Format;
use crate::suggest::Unknown;

use super::source::name_of;

/// What a file of rows holds.
#[derive(Clone, Copy, Debug)]
pub struct Holding {
    /// The format of the rows.
    pub format: Format,
    /// Whether it is compressed.
    pub gzip: bool,
}

/// Behind any other ending: compressed.
const GZIP: &str = "gz";

impl Holding {
    /// What the output at a path holds: the format that was asked for, or that of its ending; without an ending, and on
    /// standard output, the default.
    ///
    /// # Errors
    ///
    /// No format has files of this ending, or it cannot be compressed: why, in words.
    pub fn of(path: Option<&Path>, asked: Option<Format>) -> Result<Holding, String> {
        let named = |path: &Path| path.extension().map(OsStr::to_string_lossy).map(|end| end.to_lowercase());
        let mut ending = path.and_then(named);
        let gzip = ending.as_deref() == Some(GZIP);
        if let (true, Some(path)) = (gzip, path) {
            ending = named(Path::new(path.file_stem().unwrap_or_default()));
        }
        let format = match (asked, &ending) {
            (Some(asked), _) => asked,
            (None, None) => Format::ALL[0],
            (None, Some(ending)) => Format::of_ending(ending).ok_or_else(|| {
                let name = path.map(name_of).unwrap_or_default();
                format!("{name}: {}; --to FORMAT takes any name", unknown(ending))
            })?,
        };
        if format.book && gzip {
            return Err(format!("{} is compressed already: leave .{GZIP} away", format.name));
        }
        if format.book && !cfg!(feature = "xlsx") {
            return Err(format!(
                "this build writes no {0}: it was made without the feature `{0}`",
                format.name
            ));
        }
        Ok(Holding { format, gzip })
    }
}

fn unknown(ending: &str) -> Unknown {
    let endings = Format::ALL.iter().flat_map(|format| format.endings.iter().copied());
    let usual: Vec<&str> = Format::ALL.iter().map(|format| format.endings[0]).collect();
    Unknown::new(
        "ending",
        ending,
        endings,
        format!("there are {}, and texts also with .{GZIP} behind", usual.join(", ")),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(path: &str, asked: Option<&str>) -> Result<(&'static str, bool), String> {
        let asked = asked.map(|name| Format::named(name).unwrap());
        Holding::of(Some(Path::new(path)), asked).map(|held| (held.format.name, held.gzip))
    }

    #[test]
    fn the_name_says_what_is_in_it() {
        for (path, asked, held) in [
            ("a.csv", None, ("csv", false)),
            ("a.b/x", None, ("csv", false)),
            (".csv", None, ("csv", false)),
            ("a.TSV", None, ("tsv", false)),
            ("a.tab", None, ("tsv", false)),
            ("a.2026.NDJSON.Gz", None, ("ndjson", true)),
            ("a.json.gz", None, ("json", true)),
            ("a.gz", None, ("csv", true)),
            ("a.md", None, ("md", false)),
            ("a.txt", Some("tsv"), ("tsv", false)),
            ("a.json.gz", Some("csv"), ("csv", true)),
        ] {
            assert_eq!(of(path, asked), Ok(held), "{path}");
        }
        for (path, said) in [
            ("a.txt", "a.txt: unknown ending `txt`; there are csv, tsv, ndjson, json, md"),
            ("a.2026-11-27", "unknown ending `2026-11-27`; there are"),
            ("a.CVS.gz", "unknown ending `cvs`; did you mean `csv`?; --to FORMAT"),
        ] {
            let words = of(path, None).unwrap_err();
            assert!(words.contains(said), "{path}: {words}");
        }
        assert_eq!(of("a.xlsx.gz", None), Err("xlsx is compressed already: leave .gz away".to_owned()));
        let book = of("a.xlsx", None);
        match cfg!(feature = "xlsx") {
            true => assert_eq!(book, Ok(("xlsx", false))),
            false => assert!(book.unwrap_err().contains("made without the feature `xlsx`")),
        }
    }
}
