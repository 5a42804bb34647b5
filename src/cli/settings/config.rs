//! The settings of a project, as they are once `larkspect.toml` has been read: see [`super::config_file`].

use std::ops::Range;
use std::path::{Path, PathBuf};

use crate::cli::talk::Talk;
use crate::json::Place;
use crate::lang::{Lang, Sentence, say};
use crate::report::formats::snippet::{columns, push_bar, push_numbered, snippet};
use crate::report::locate::excerpt;
use crate::report::policy::Policy;
use crate::terminal::paint::Paint;
use crate::terminal::sanitize::push_spaces;
use crate::time::Zone;

use super::globs::{FileGlobs, Globs};

/// The settings; by default, none.
#[derive(Debug, Default)]
pub struct Config {
    /// The file.
    pub file: Option<SettingsFile>,
    /// The zone of everything shown.
    pub tz: Option<Zone>,
    /// The language of labels.
    pub lang: Option<Lang>,
    /// What `check` reads when nothing is named, seen from the working directory, and where that stands.
    pub paths: Vec<(PathBuf, Range<usize>)>,
    /// What `check` leaves out of directories.
    pub exclude: Option<FileGlobs>,
    /// What findings weigh.
    pub policy: Policy,
    /// What they weigh in some files or events.
    pub overrides: Vec<Override>,
    /// What has no effect, whatever is checked.
    pub remarks: Vec<(Range<usize>, Sentence)>,
}

/// A file of settings, of which something is to be said.
#[derive(Debug)]
pub struct SettingsFile {
    /// How people would name it from where they are.
    pub name: String,
    /// What stands in it.
    pub text: Vec<u8>,
}

impl SettingsFile {
    /// Says that what stands in these bytes has no effect, and why.
    pub fn warn(&self, span: &Range<usize>, words: &str, talk: &Talk) {
        self.say(span, &say!(talk.lang, "警告：{words}", "warning: {words}"), talk);
    }

    /// Says something of what stands in these bytes, and shows them.
    pub fn say(&self, span: &Range<usize>, words: &str, talk: &Talk) {
        let SettingsFile { name, text } = self;
        let place = Place::START.after(&text[..span.start.min(text.len())]).position();
        talk.say(format_args!("{name}:{place}: {words}"));
        let (mut line, mut out, number) = (Vec::new(), String::new(), place.line.to_string());
        let excerpt = excerpt(text, span.clone(), &mut line);
        let (gutter, paint) = (number.len(), Paint::new(false));
        let snippet = snippet(&excerpt, columns(gutter, talk.width()));
        push_numbered("", "", gutter, paint, &mut out);
        push_numbered(&number, &snippet.line, gutter, paint, &mut out);
        push_bar("", gutter, paint, &mut out);
        push_spaces(1 + snippet.caret, &mut out);
        out.extend(std::iter::repeat_n('^', snippet.length));
        out.push('\n');
        talk.bytes(out.as_bytes());
    }
}

/// What findings weigh in some files or events.
#[derive(Debug)]
pub struct Override {
    /// Files; `None` is all, standard input too.
    pub files: Option<FileGlobs>,
    /// Event types; `None` is all, and what is no event.
    pub events: Option<Globs>,
    /// What they weigh.
    pub policy: Policy,
}

impl Override {
    /// Whether it is about this file, or some of its events.
    pub fn covers(&self, path: Option<&Path>) -> bool {
        self.files.as_ref().is_none_or(|files| path.is_some_and(|path| files.fit(path)))
    }

    /// Whether it is about events of this type.
    pub fn is_about(&self, event: Option<&str>) -> bool {
        self.events.as_ref().is_none_or(|events| event.is_some_and(|event| events.fit(event)))
    }
}
