//! Patterns: for files below a directory, and for names of event types. Each knows whether anything fitted it yet, so
//! that one that has no effect can be told.

use std::ops::Range;
use std::path::{Component, Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering::Relaxed};

use globset::{ErrorKind, GlobBuilder, GlobSet, GlobSetBuilder};

use crate::lang::{Sentence, both};

/// A pattern as it was written.
#[derive(Debug)]
pub struct Pattern {
    pub text: String,
    /// Where it stands in the settings.
    pub span: Range<usize>,
    fitted: AtomicBool,
}

/// A text, and where it stands.
pub type Written = (String, Range<usize>);

/// Some patterns.
#[derive(Debug)]
pub struct Globs {
    pub patterns: Vec<Pattern>,
    set: GlobSet,
    /// As so many globs each of them stands in the set.
    globs_each: usize,
}

impl Globs {
    /// Patterns for names.
    ///
    /// # Errors
    ///
    /// What is wrong with them, and where.
    pub fn of_names(written: Vec<Written>) -> Result<Globs, Vec<(Range<usize>, Sentence)>> {
        Globs::new(written, 1, |pattern| vec![pattern.to_owned()])
    }

    fn new(
        written: Vec<Written>,
        globs_each: usize,
        globs: impl Fn(&str) -> Vec<String>,
    ) -> Result<Globs, Vec<(Range<usize>, Sentence)>> {
        let (mut set, mut wrong) = (GlobSetBuilder::new(), Vec::new());
        for (text, span) in &written {
            // A shell variable that is not set: it would fit everything.
            if text.trim().is_empty() {
                let why = both!("模式是空的；要全部，请写 *", "the pattern is empty; for all write *");
                wrong.push((span.clone(), why));
                continue;
            }
            for glob in globs(text) {
                match GlobBuilder::new(&glob).literal_separator(globs_each > 1).build() {
                    Ok(glob) => drop(set.add(glob)),
                    Err(error) => {
                        wrong.push((span.clone(), not_a_pattern(text, error.kind())));
                        break;
                    }
                }
            }
        }
        let whole = written.first().zip(written.last()).map_or(0..0, |(a, b)| a.1.start..b.1.end);
        let pattern = |(text, span)| Pattern { text, span, fitted: AtomicBool::new(false) };
        match set.build() {
            Ok(set) if wrong.is_empty() => {
                Ok(Globs { patterns: written.into_iter().map(pattern).collect(), set, globs_each })
            }
            Err(error) if wrong.is_empty() => {
                let error = error.to_string();
                Err(vec![(whole, both!("{error}", "{error}"))])
            }
            _ => Err(wrong),
        }
    }

    /// Whether any of them fits; those that do are no longer unused.
    pub fn fit(&self, text: impl AsRef<Path>) -> bool {
        let fitting = self.set.matches(text);
        fitting.iter().for_each(|at| self.patterns[at / self.globs_each].fitted.store(true, Relaxed));
        !fitting.is_empty()
    }

    /// Those that nothing fitted so far.
    pub fn unused(&self) -> impl Iterator<Item = &Pattern> {
        self.patterns.iter().filter(|pattern| !pattern.fitted.load(Relaxed))
    }
}

fn not_a_pattern(text: &str, why: &ErrorKind) -> Sentence {
    both!("`{text}` 不是有效的通配模式：{why}", "`{text}`: {why}")
}

/// Patterns for files below a directory; one without a slash is for files in any directory, and that of a directory for
/// all that is in it.
#[derive(Debug)]
pub struct FileGlobs {
    pub globs: Globs,
    /// The directory, from the root.
    folder: PathBuf,
}

impl FileGlobs {
    /// Patterns for files below `folder`.
    ///
    /// # Errors
    ///
    /// What is wrong with them, and where.
    pub fn new(written: Vec<Written>, folder: &Path) -> Result<FileGlobs, Vec<(Range<usize>, Sentence)>> {
        let globs = Globs::new(written, 2, |pattern| {
            let pattern = bare(pattern);
            let whole = match pattern.contains('/') {
                false => format!("**/{pattern}"),
                true => pattern.to_owned(),
            };
            vec![format!("{whole}/**"), whole]
        })?;
        Ok(FileGlobs { globs, folder: folder.to_owned() })
    }

    /// Whether any of them fits a file.
    pub fn fit(&self, path: &Path) -> bool {
        if self.globs.patterns.is_empty() {
            return false;
        }
        let whole = from_root(path);
        whole.strip_prefix(&self.folder).is_ok_and(|below| self.globs.fit(below))
    }

    /// Whether all that a pattern can fit is below one of these directories, which are seen from the root.
    pub fn is_within(&self, pattern: &Pattern, directories: &[PathBuf]) -> bool {
        let pattern = bare(&pattern.text);
        let mut start = self.folder.clone();
        if pattern.contains('/') {
            let literal = |part: &&str| !part.contains(['*', '?', '[', '{', '\\']);
            start.extend(pattern.split('/').take_while(literal));
        }
        directories.iter().any(|directory| start.starts_with(directory))
    }
}

/// A pattern without what is there for the eye.
fn bare(pattern: &str) -> &str {
    pattern.strip_prefix("./").unwrap_or(pattern).trim_end_matches('/')
}

/// A path from the root, without `..` as far as that can be told from it alone.
pub fn from_root(path: &Path) -> PathBuf {
    let mut tidy = PathBuf::new();
    for part in std::path::absolute(path).unwrap_or_default().components() {
        match part {
            Component::ParentDir => drop(tidy.pop()),
            Component::CurDir => {}
            part => tidy.push(part),
        }
    }
    tidy
}

#[cfg(test)]
mod tests {
    use super::*;

    fn files(pattern: &str) -> FileGlobs {
        FileGlobs::new(vec![(pattern.to_owned(), 0..0)], Path::new("/p")).unwrap()
    }

    #[test]
    fn patterns_are_about_files_below_the_directory() {
        for (glob, path, yes) in [
            ("legacy/**", "/p/legacy/a/b.json", true),
            ("legacy", "/p/legacy/a/b.json", true),
            ("legacy/", "/p/x/legacy/b.json", true),
            ("a/legacy", "/p/x/a/legacy/b.json", false),
            ("*.bad.json", "/p/x/y.bad.json", true),
            ("x/*.json", "/p/x/y/z.json", false),
            ("./x/*.json", "/p/x/z.json", true),
            ("*.json", "/elsewhere/z.json", false),
            ("x/*", "/p/q/../x/z.json", true),
        ] {
            let files = files(glob);
            assert_eq!(files.fit(Path::new(path)), yes, "{glob} {path}");
            assert_eq!(files.globs.unused().count(), usize::from(!yes), "{glob} {path}");
        }
    }

    #[test]
    fn what_a_pattern_can_fit_is_below_its_first_directories() {
        for (glob, directory, yes) in [
            ("legcay/**", "/p", true),
            ("legcay/**", "/p/legacy", false),
            ("fixtures/legcay/*.json", "/p/fixtures", true),
            ("*.json", "/p/fixtures", false),
            ("fix*/a.json", "/p/fixtures", false),
            ("a.json", "/", true),
        ] {
            let files = files(glob);
            assert_eq!(
                files.is_within(&files.globs.patterns[0], &[directory.into()]),
                yes,
                "{glob} {directory}"
            );
        }
    }

    #[test]
    fn event_types_have_no_directories() {
        let names = Globs::of_names(vec![("im.*".to_owned(), 0..0)]).unwrap();
        assert!(names.fit("im.message.receive_v1"));
        assert!(!names.fit("attendance.user_flow.created_v1"));
    }
}
