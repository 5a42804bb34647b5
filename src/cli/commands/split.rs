//! The files of `convert --split`: one for each event type, named after it.

use std::collections::HashSet;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use crate::cli::files::output::Output;
use crate::cli::files::source::{Source, named};
use crate::cli::io::Stream;

/// So many types have a file each: every one is open until all is read.
pub const MOST_TYPES: usize = 256;

/// Longer names are cut: file systems take no more than 255 bytes, with an ending and what makes them differ.
const LONGEST: usize = 200;

/// A directory that gets the files.
pub struct Split {
    pub folder: PathBuf,
    ending: &'static str,
    /// The names so far, in small letters: not every file system tells `A` from `a`.
    names: HashSet<String>,
}

impl Split {
    /// Files of this ending in a directory.
    pub fn new(folder: &Path, ending: &'static str) -> Split {
        Split { folder: folder.to_owned(), ending, names: HashSet::new() }
    }

    /// Opens the file of a type, and says its name. The directory is made where there is none.
    ///
    /// # Errors
    ///
    /// It cannot be made, or there is something else, and those of [`Output::data`].
    pub fn open(&mut self, title: &str, sources: &[Source], stdout: &Stream) -> io::Result<(Output, String)> {
        fs::create_dir_all(&self.folder).map_err(|error| named(&self.folder, &error))?;
        let name = self.name(title);
        let output = Output::data(Some(&self.folder.join(&name)), sources, stdout)?;
        Ok((output, name))
    }

    /// A name that no other type has.
    fn name(&mut self, title: &str) -> String {
        let stem = stem(title);
        let numbers = (2..).map(|number| format!("{stem}-{number}"));
        let free =
            std::iter::once(stem.clone()).chain(numbers).find(|name| self.names.insert(name.to_lowercase()));
        format!("{}.{}", free.unwrap_or(stem), self.ending)
    }
}

/// What of a type can stand in the name of a file anywhere.
fn stem(title: &str) -> String {
    let is_safe = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_');
    let safe: String = title.chars().map(|c| if is_safe(c) { c } else { '_' }).take(LONGEST).collect();
    // A dot in front hides a file, one in the end is lost on Windows; a dash in front looks like a flag.
    let safe = safe.trim_matches(['.', '-']);
    if safe.is_empty() { "_".to_owned() } else { safe.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_safe_and_no_two_are_the_same() {
        let mut split = Split { folder: PathBuf::new(), ending: "csv", names: HashSet::new() };
        for (title, name) in [
            ("im.message.receive_v1", "im.message.receive_v1.csv"),
            ("IM.message.receive_v1", "IM.message.receive_v1-2.csv"),
            ("../../etc/passwd", "_.._etc_passwd.csv"),
            ("a b\u{1b}[2J", "a_b__2J.csv"),
            ("a/b__2J", "a_b__2J-2.csv"),
            ("打卡", "__.csv"),
            ("..", "_.csv"),
            ("-rf", "rf.csv"),
            ("", "_-2.csv"),
        ] {
            assert_eq!(split.name(title), name, "{title}");
        }
        assert_eq!(split.name(&"x".repeat(1000)).len(), LONGEST + 4);
    }
}
