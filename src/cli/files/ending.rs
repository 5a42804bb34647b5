//! What the name of an output says of what is to stand in it: `day.csv.gz`.

use std::ffi::OsStr;
use std::path::Path;

use crate::export::Format;
use crate::lang::{Label, Lang, both, label, say};
use crate::suggest::Unknown;

use super::source::{PACKED, name_of};

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
    pub fn of(path: Option<&Path>, asked: Option<Format>, lang: Lang) -> Result<Holding, String> {
        let (ending, gzip) = path.map(endings).unwrap_or_default();
        let format = match (asked, &ending) {
            (Some(asked), _) => asked,
            (None, None) => Format::ALL[0],
            (None, Some(ending)) => Format::of_ending(ending).ok_or_else(|| {
                let (name, unknown) = (path.map(name_of).unwrap_or_default(), unknown(ending).words(lang));
                say!(
                    lang,
                    "{name}: {unknown}；用 --to FORMAT 时文件名不限",
                    "{name}: {unknown}; --to FORMAT takes any name"
                )
            })?,
        };
        let name = format.name;
        if format.book && gzip {
            return Err(say!(
                lang,
                "{name} 本身就是压缩的：请去掉 .{GZIP}",
                "{name} is compressed already: leave .{GZIP} away"
            ));
        }
        if format.book && !cfg!(feature = "xlsx") {
            return Err(say!(
                lang,
                "这个版本不能写 {name}：构建时没有启用特性 `{name}`",
                "this build writes no {name}: it was made without the feature `{name}`"
            ));
        }
        Ok(Holding { format, gzip })
    }
}

/// How the names of files end in which bodies stand, a line each or spread or in an array.
pub const BODIES: &[&str] = &["ndjson", "jsonl", "json"];

/// How the names of files end in which requests stand.
pub const REQUESTS: &[&str] = &["http", "txt"];

/// Whether an output that holds what files of these endings do is compressed by its name. Standard output, and a file
/// without an ending, may hold anything.
///
/// # Errors
///
/// The name promises something else: why it cannot be, in words.
pub fn is_packed(path: Option<&Path>, known: &[&str], lang: Lang) -> Result<bool, String> {
    let Some(path) = path else { return Ok(false) };
    let (ending, gzip) = endings(path);
    let Some(ending) = ending.filter(|ending| !known.contains(&&**ending)) else { return Ok(gzip) };
    let name = name_of(path);
    Err(match Format::of_ending(&ending) {
        Some(Format { name: other, .. }) if known == BODIES => {
            let ending = known[0];
            say!(
                lang,
                "{name}: 这里写的是事件，不是 {other}；请以 .{ending} 结尾，或者用 larkspect convert",
                "{name}: this writes events, not {other}; name it .{ending}, or use larkspect convert"
            )
        }
        _ => {
            let [zh, en] = ["、", ", "].map(|comma| known.join(comma));
            let hint = both!("有 {zh}，后面也可以再加 .{GZIP}", "there are {en}, also with .{GZIP} behind");
            let unknown = Unknown::new(ENDING, &ending, known.iter().copied(), hint).words(lang);
            say!(lang, "{name}: {unknown}", "{name}: {unknown}")
        }
    })
}

/// Whether a report is compressed by its name, whatever else that says.
///
/// # Errors
///
/// It is called as what is compressed in another way: why it cannot be, in words.
pub fn is_packed_report(path: &Path, lang: Lang) -> Result<bool, String> {
    match endings(path) {
        (Some(ending), false) if PACKED.contains(&&*ending) => {
            let name = name_of(path);
            Err(say!(
                lang,
                "{name}: 报告压缩成 .{GZIP}，不是 .{ending}",
                "{name}: a report is compressed as .{GZIP}, not as .{ending}"
            ))
        }
        (_, gzip) => Ok(gzip),
    }
}

/// As what the output at a path is written where that may be more than rows: as was asked for, or as its ending says, by
/// `named`; `None` without an ending. And whether it is compressed.
///
/// # Errors
///
/// Nothing has files of this ending: why, in words.
pub fn form<F>(
    path: &Path,
    asked: Option<F>,
    named: impl Fn(&str) -> Option<F>,
    known: Vec<&str>,
    lang: Lang,
) -> Result<(Option<F>, bool), String> {
    let (ending, gzip) = endings(path);
    if asked.is_some() {
        return Ok((asked, gzip));
    }
    let Some(ending) = ending else { return Ok((None, gzip)) };
    named(&ending).map(|form| (Some(form), gzip)).ok_or_else(|| {
        let (name, unknown) = (name_of(path), Unknown::among(ENDING, &ending, &known).words(lang));
        say!(
            lang,
            "{name}: {unknown}；用 --format FORMAT 时文件名不限",
            "{name}: {unknown}; --format FORMAT takes any name"
        )
    })
}

/// The ending of a name in small letters, and whether that of compressed files stands behind it.
fn endings(path: &Path) -> (Option<String>, bool) {
    let ending = |path: &Path| path.extension().map(OsStr::to_string_lossy).map(|end| end.to_lowercase());
    match ending(path) {
        Some(last) if last == GZIP => (ending(Path::new(path.file_stem().unwrap_or_default())), true),
        last => (last, false),
    }
}

fn unknown(ending: &str) -> Unknown {
    if ending == "parquet" {
        let hint = label(
            "可以用 DuckDB 从 CSV 转换：duckdb -c \"copy 'x.csv' to 'x.parquet'\"",
            "DuckDB makes it of a CSV: duckdb -c \"copy 'x.csv' to 'x.parquet'\"",
        );
        return Unknown::new(ENDING, ending, [], hint);
    }
    let endings = Format::ALL.iter().flat_map(|format| format.endings.iter().copied());
    let usual: Vec<&str> = Format::ALL.iter().map(|format| format.endings[0]).collect();
    let [zh, en] = ["、", ", "].map(|comma| usual.join(comma));
    let hint =
        both!("有 {zh}，文本后面也可以再加 .{GZIP}", "there are {en}, and texts also with .{GZIP} behind");
    Unknown::new(ENDING, ending, endings, hint)
}

const ENDING: Label = label("后缀", "ending");

#[cfg(test)]
mod tests {
    use super::*;

    fn of(path: &str, asked: Option<&str>) -> Result<(&'static str, bool), String> {
        let asked = asked.map(|name| Format::named(name).unwrap());
        Holding::of(Some(Path::new(path)), asked, Lang::En).map(|held| (held.format.name, held.gzip))
    }

    #[test]
    fn a_name_that_promises_something_else_is_refused() {
        let packed = |path: &str, known| is_packed(Some(Path::new(path)), known, Lang::En);
        for (path, gzip) in [
            ("a", false),
            ("-", false),
            ("/dev/stdout", false),
            ("a.ndjson", false),
            ("a.JSONL.GZ", true),
            ("b.c/a.json", false),
            ("a.gz", true),
        ] {
            assert_eq!(packed(path, BODIES), Ok(gzip), "{path}");
        }
        assert_eq!((is_packed(None, BODIES, Lang::En), packed("a.http.gz", REQUESTS)), (Ok(false), Ok(true)));
        for (path, known, said) in [
            (
                "r.csv",
                BODIES,
                "r.csv: this writes events, not csv; name it .ndjson, or use larkspect convert",
            ),
            ("r.xlsx.gz", BODIES, "not xlsx; name it"),
            ("r.tab", BODIES, "not tsv; name it"),
            ("r.ndjsn", BODIES, "r.ndjsn: unknown ending `ndjsn`; did you mean `ndjson`?"),
            ("r.zst", BODIES, "unknown ending `zst`; there are ndjson, jsonl, json, also with .gz behind"),
            ("r.json", REQUESTS, "unknown ending `json`; there are http, txt, also with .gz behind"),
        ] {
            let words = packed(path, known).unwrap_err();
            assert!(words.contains(said), "{path}: {words}");
        }
    }

    #[test]
    fn a_report_was_plain_text_under_the_name_of_a_compressed_one() {
        let packed = |path: &str| is_packed_report(Path::new(path), Lang::En);
        for (path, gzip) in [("r.json", false), ("r", false), ("r.sarif.gz", true), ("r.GZ", true)] {
            assert_eq!(packed(path), Ok(gzip), "{path}");
        }
        assert_eq!(
            packed("a.json.zst").unwrap_err(),
            "a.json.zst: a report is compressed as .gz, not as .zst"
        );
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
            ("a.parquet", "unknown ending `parquet`; DuckDB makes it of a CSV: duckdb -c \"copy"),
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
