//! The settings of a project: `larkspect.toml`, looked for in the working directory and those above it.
//!
//! ```toml
//! paths = ["fixtures"]        # what `check` reads when nothing is named
//! tz = "Asia/Shanghai"        # for every command, as --tz and --lang
//! lang = "zh"
//! strict = false
//!
//! [severity]
//! absent-field = "ignore"     # error, warning, note or ignore
//!
//! [[override]]                # the last one that fits counts
//! files = ["legacy/**"]       # globs below the directory of this file; without a slash, in any directory
//! events = ["im.*"]
//! severity = { unknown-event-type = "ignore" }
//! ```
//!
//! Zone and language are for every command, so that `show` and `check` of one project say the same; the rest is what
//! `check` judges by. What is typed wins over the environment, and that over this file.
//!
//! Every key is known or a mistake, and a mistake has a place.

use std::io;
use std::ops::Range;
use std::path::{Path, PathBuf};

use globset::{GlobBuilder, GlobSet, GlobSetBuilder};
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::cli::files::small;
use crate::cli::files::source::{name_of, named, say_no_file};
use crate::cli::talk::{Talk, reason};
use crate::finding::{Rule, Severity};
use crate::json::Place;
use crate::lang::{Label, Lang, both, label, say};
use crate::report::policy::{Level, Policy};
use crate::rules::{rule, unknown_rule};
use crate::suggest::Unknown;

use super::config::{Config, Override, tidy};

/// The name that is looked for.
pub const NAME: &str = "larkspect.toml";

/// The settings in `file`; without one, those of the nearest [`NAME`] upwards from the working directory.
///
/// # Errors
///
/// Every problem of the file, a line each, with its place.
pub fn load(file: Option<&Path>, talk: &Talk) -> Result<Config, Vec<String>> {
    let found = match file {
        Some(path) => read_named(path.to_owned()),
        None => find(talk),
    };
    // Settings that are there and cannot be read would silently change the verdict.
    let found = found.map_err(|error| vec![reason(&error, talk.lang)])?;
    let Some((path, text)) = found else { return Ok(Config::default()) };
    read(&path, &text, talk.lang).map_err(|problems| problems_in(&name_of(&path), &text, &problems))
}

fn read(path: &Path, text: &[u8], lang: Lang) -> Result<Config, Vec<Problem>> {
    // What comes from a shell's `<(..)` stands in no directory of the project: it is about the working directory.
    let near = match path.is_file() {
        true => path.parent().unwrap_or(Path::new("")),
        false => Path::new(""),
    };
    let folder = std::path::absolute(near.join(".")).map(|path| tidy(&path)).unwrap_or_default();
    let mut config = parse(text, &folder, lang)?;
    config.paths.iter_mut().for_each(|path| *path = near.join(&*path));
    config.name = Some(name_of(path));
    Ok(config)
}

/// Settings that were found: the path, as people would name it from where they are, and the text.
type Found = Option<(PathBuf, Vec<u8>)>;

fn read_named(path: PathBuf) -> io::Result<Found> {
    match small::read(&path) {
        Ok(text) => Ok(Some((path, text))),
        Err(error) => Err(named(&path, &error)),
    }
}

/// The nearest settings, named as seen from the working directory: `../larkspect.toml`.
fn find(talk: &Talk) -> io::Result<Found> {
    let Ok(here) = std::env::current_dir() else { return Ok(None) };
    let mut near = PathBuf::from(NAME);
    for folder in here.ancestors() {
        let path = folder.join(NAME);
        match std::fs::metadata(&path).map(|meta| small::no_file(&meta)) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            // No settings, whatever it is called; reading it might wait for ever.
            Ok(Some(what)) => say_no_file(&near, what, talk),
            Ok(None) => return read_named(near),
            Err(error) => return Err(named(&near, &error)),
        }
        near = Path::new("..").join(near);
    }
    Ok(None)
}

/// Something wrong in the file: where, and what.
type Problem = (Range<usize>, String);

const KEYS: [&str; 6] = ["paths", "tz", "lang", "strict", "severity", "override"];
const OVERRIDE_KEYS: [&str; 3] = ["files", "events", "severity"];
const LEVELS: [(&str, Level); 4] = [
    ("error", Level::As(Severity::Error)),
    ("warning", Level::As(Severity::Warning)),
    ("note", Level::As(Severity::Note)),
    ("ignore", Level::Ignore),
];

/// The types of TOML.
const TYPES: [Label; 7] = [
    label("字符串", "string"),
    label("整数", "integer"),
    label("小数", "float"),
    label("布尔值", "boolean"),
    label("日期时间", "datetime"),
    label("列表", "array"),
    label("表", "table"),
];

/// The problems of a file for people: a line each, with its place.
fn problems_in(name: &str, text: &[u8], problems: &[Problem]) -> Vec<String> {
    let line = |(span, message): &Problem| {
        let place = Place::START.after(&text[..span.start.min(text.len())]).position();
        format!("{name}:{place}: {message}")
    };
    problems.iter().map(line).collect()
}

/// Reads settings whose globs are about what is below `folder`; what is wrong with them is told in `lang`.
fn parse(text: &[u8], folder: &Path, lang: Lang) -> Result<Config, Vec<Problem>> {
    let text = match std::str::from_utf8(text) {
        Ok(text) => text,
        Err(error) => {
            let at = error.valid_up_to();
            return Err(vec![(at..at, say!(lang, "这些字节不是 UTF-8", "these bytes are not UTF-8"))]);
        }
    };
    let (table, errors) = DeTable::parse_recoverable(text);
    let mut reader = Reader { folder, lang, problems: Vec::new() };
    for error in errors {
        let message = error.message();
        let words = say!(lang, "TOML 写法有误：{message}", "{message}");
        reader.problems.push((error.span().unwrap_or_default(), words));
    }
    // After a slip of the pen the rest is guesswork.
    let config = if reader.problems.is_empty() { reader.config(table.get_ref()) } else { Config::default() };
    let mut problems = reader.problems;
    problems.sort_by_key(|(span, _)| span.start);
    if problems.is_empty() { Ok(config) } else { Err(problems) }
}

type Value<'t> = Spanned<DeValue<'t>>;

struct Reader<'f> {
    folder: &'f Path,
    lang: Lang,
    problems: Vec<Problem>,
}

impl Reader<'_> {
    fn config(&mut self, table: &DeTable<'_>) -> Config {
        let mut config = Config::default();
        self.known(table, &KEYS);
        for (key, value) in table {
            match &**key.get_ref() {
                "paths" => config.paths = self.strings(value).into_iter().map(PathBuf::from).collect(),
                "tz" => {
                    let lang = self.lang;
                    let zone = |text: &str| text.parse().map_err(|unknown: Unknown| unknown.words(lang));
                    config.tz = self.with(value, zone);
                }
                "lang" => {
                    let lang = self.lang;
                    config.lang = self.with(value, |text| match text {
                        "zh" => Ok(Lang::Zh),
                        "en" => Ok(Lang::En),
                        _ => Err(say!(lang, "有 \"zh\" 和 \"en\"", "there are \"zh\" and \"en\"")),
                    });
                }
                "strict" => match value.get_ref().as_bool() {
                    Some(strict) => config.policy.strict = strict,
                    None => self.wrong(value, label(" true 或 false", "true or false")),
                },
                "severity" => config.policy.levels = self.levels(value),
                "override" => match value.get_ref().as_array() {
                    Some(parts) => config.overrides = parts.iter().map(|part| self.part(part)).collect(),
                    None => self.wrong(value, label("表（写成 [[override]]）", "tables: write [[override]]")),
                },
                _ => {}
            }
        }
        config
    }

    fn part(&mut self, value: &Value<'_>) -> Override {
        let mut part =
            Override { files: None, events: None, policy: Policy::default(), folder: self.folder.to_owned() };
        let Some(table) = value.get_ref().as_table() else {
            self.wrong(value, label("表（写成 [[override]]）", "a table: write [[override]]"));
            return part;
        };
        self.known(table, &OVERRIDE_KEYS);
        for (key, value) in table {
            match &**key.get_ref() {
                "files" => part.files = self.globs(value, true),
                "events" => part.events = self.globs(value, false),
                "severity" => part.policy.levels = self.levels(value),
                _ => {}
            }
        }
        if !table.keys().any(|key| matches!(&**key.get_ref(), "files" | "events")) {
            let message = say!(
                self.lang,
                "[[override]] 针对部分 `files` 或 `events`；对所有事件都适用的写在 [severity] 里",
                "an override is for some `files` or `events`; what is for all stands in [severity]"
            );
            self.problems.push((value.span(), message));
        }
        part
    }

    fn known(&mut self, table: &DeTable<'_>, known: &[&'static str]) {
        for key in table.keys().filter(|key| !known.contains(&&**key.get_ref())) {
            let name = key.get_ref();
            let mut unknown = Unknown::among(label("键", "key"), name, known);
            // A level that stands outside of its table.
            if rule(name).is_some() {
                unknown.known = both!("级别写在 [severity] 表里", "severities stand in the table [severity]");
            }
            self.problems.push((key.span(), unknown.words(self.lang)));
        }
    }

    fn levels(&mut self, value: &Value<'_>) -> Vec<(&'static Rule, Level)> {
        let Some(table) = value.get_ref().as_table() else {
            let wanted = label(
                "由规则代码组成的表，例如 absent-field = \"ignore\"",
                "a table of codes: absent-field = \"ignore\"",
            );
            self.wrong(value, wanted);
            return Vec::new();
        };
        let (mut levels, lang) = (Vec::new(), self.lang);
        for (key, value) in table {
            let code = key.get_ref();
            let level = self.with(value, |text| {
                let level = LEVELS.iter().find(|(name, _)| *name == text).map(|(_, level)| *level);
                level.ok_or_else(|| {
                    let [zh, en] = ["、", ", "].map(|comma| LEVELS.map(|(name, _)| name).join(comma));
                    say!(lang, "有 {zh}", "there are {en}")
                })
            });
            match (rule(code), level) {
                (Some(rule), Some(level)) => levels.push((rule, level)),
                (Some(_), None) => {}
                (None, _) => self.problems.push((key.span(), unknown_rule(code).words(self.lang))),
            }
        }
        levels
    }

    fn globs(&mut self, value: &Value<'_>, files: bool) -> Option<GlobSet> {
        let mut set = GlobSetBuilder::new();
        let before = self.problems.len();
        for pattern in self.strings(value) {
            let pattern = pattern.strip_prefix("./").unwrap_or(&pattern);
            let whole = match files && !pattern.trim_end_matches('/').contains('/') {
                true => format!("**/{pattern}"),
                false => pattern.to_owned(),
            };
            // A directory stands for all that is in it.
            let inside = files.then(|| format!("{}/**", whole.trim_end_matches('/')));
            for pattern in std::iter::once(whole).chain(inside) {
                match GlobBuilder::new(&pattern).literal_separator(files).build() {
                    Ok(glob) => drop(set.add(glob)),
                    Err(error) => {
                        let why = error.kind();
                        let words =
                            say!(self.lang, "`{pattern}` 不是有效的通配模式：{why}", "`{pattern}`: {why}");
                        self.problems.push((value.span(), words));
                        break;
                    }
                }
            }
        }
        let set = set.build();
        if let (Err(error), true) = (&set, self.problems.len() == before) {
            self.problems.push((value.span(), error.to_string()));
        }
        set.ok()
    }

    fn strings(&mut self, value: &Value<'_>) -> Vec<String> {
        let Some(items) = value.get_ref().as_array() else {
            self.wrong(value, label("字符串列表", "a list of strings"));
            return Vec::new();
        };
        items.iter().filter_map(|item| self.with(item, |text| Ok::<_, String>(text.to_owned()))).collect()
    }

    /// Makes something of a string.
    fn with<T, E: std::fmt::Display>(
        &mut self,
        value: &Value<'_>,
        make: impl FnOnce(&str) -> Result<T, E>,
    ) -> Option<T> {
        let Some(text) = value.get_ref().as_str() else {
            self.wrong(value, label("字符串", "a string"));
            return None;
        };
        match make(text) {
            Ok(made) => Some(made),
            Err(error) => {
                let words = say!(self.lang, "\"{text}\"：{error}", "\"{text}\": {error}");
                self.problems.push((value.span(), words));
                None
            }
        }
    }

    fn wrong(&mut self, value: &Value<'_>, wanted: Label) {
        let found = value.get_ref().type_str();
        let known = TYPES.iter().find(|known| known.en == found);
        let (Label { zh, en }, known) = (wanted, known.map_or(found, |known| known.zh));
        let words = say!(self.lang, "这里应为{zh}，而不是{known}", "this must be {en}, not {found}");
        self.problems.push((value.span(), words));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn problems(text: &str) -> Vec<String> {
        let problems = parse(text.as_bytes(), Path::new("/p"), Lang::En).err().unwrap_or_default();
        problems_in("f", text.as_bytes(), &problems)
    }

    #[test]
    fn mistakes_have_a_place_and_a_hint() {
        for (text, expected) in [
            ("pahts = []", "f:1:1: unknown key `pahts`; did you mean `paths`?"),
            (
                "\nabsent-field = \"note\"",
                "f:2:1: unknown key `absent-field`; severities stand in the table [severity]",
            ),
            (
                "[severity]\nabsent_field = \"note\"",
                "f:2:1: unknown rule `absent_field`; did you mean `absent-field`?",
            ),
            (
                "[severity]\nabsent-field = \"warn\"",
                "f:2:16: \"warn\": there are error, warning, note, ignore",
            ),
            ("strict = \"yes\"", "f:1:10: this must be true or false, not string"),
            ("paths = [\"a\", 1]", "f:1:15: this must be a string, not integer"),
            ("[[override]]\nfile = []\nevents = []", "f:2:1: unknown key `file`; did you mean `files`?"),
            ("[override]\nfiles = []", "f:1:1: this must be tables: write [[override]], not table"),
        ] {
            assert_eq!(problems(text), [expected], "{text}");
        }
        assert_eq!(problems("tz = \"Mars\"\nlang = \"de\"").len(), 2, "all at once");
        assert!(problems("[[override]]\nfiles = [\"a[\"]")[0].starts_with("f:2:9: `**/a[`: "));
        assert!(problems("[[override]]\nseverity = {}")[0].contains("some `files` or `events`"));
        assert!(problems("tz = ")[0].starts_with("f:1:"));
    }

    #[test]
    fn globs_are_about_files_below_the_settings() {
        let covered = |glob: &str, path: &str| {
            let text = format!("[[override]]\nfiles = [\"{glob}\"]");
            parse(text.as_bytes(), Path::new("/p"), Lang::En).unwrap().overrides[0]
                .covers(Some(Path::new(path)))
        };
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
            assert_eq!(covered(glob, path), yes, "{glob} {path}");
        }
    }

    #[test]
    fn event_types_have_no_directories() {
        let config = parse(b"[[override]]\nevents = [\"im.*\"]", Path::new("/p"), Lang::En).unwrap();
        assert!(config.overrides[0].is_about(Some("im.message.receive_v1")));
        assert!(!config.overrides[0].is_about(Some("attendance.user_flow.created_v1")));
        assert!(!config.overrides[0].is_about(None));
    }
}
