//! The settings of a project: `larkspect.toml`, looked for in the working directory and those above it.
//!
//! ```toml
//! paths = ["fixtures"]        # what `check` reads when nothing is named
//! exclude = ["old/**"]        # what it leaves out of directories: globs, as `files` below
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
//! Every key is known or a mistake, and a mistake has a place. What cannot have an effect is no mistake, but `check` says
//! so: nobody would notice.

use std::io;
use std::ops::Range;
use std::path::{Path, PathBuf};

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::catalog::{EVENTS, UNLISTED};
use crate::cli::exit::Stop;
use crate::cli::files::small;
use crate::cli::files::source::{name_of, named, say_no_file};
use crate::cli::talk::{Talk, reason};
use crate::finding::{Rule, Severity};
use crate::lang::{Label, Lang, Sentence, both, label, say};
use crate::report::policy::{Level, Policy};
use crate::rules::{is_about_events, rule, unknown_rule};
use crate::suggest::{Unknown, did_you_mean, nearest};

use super::config::{Config, Override, SettingsFile};
use super::globs::{FileGlobs, Globs, Pattern, Written, from_root};

/// The name that is looked for.
pub const NAME: &str = "larkspect.toml";

/// The settings in `file`; without one, those of the nearest [`NAME`] upwards from the working directory.
///
/// # Errors
///
/// Some problem; all have been said, each with its place.
pub fn load(file: Option<&Path>, talk: &Talk) -> Result<Config, Stop> {
    let found = match file {
        Some(path) => read_named(path.to_owned()),
        None => find(talk),
    };
    // Settings that are there and cannot be read would silently change the verdict.
    let found = found.map_err(|error| Stop::because(reason(&error, talk.lang)))?;
    let Some((path, text)) = found else { return Ok(Config::default()) };
    let read = read(&path, &text, talk.lang);
    let file = SettingsFile { name: name_of(&path), text };
    match read {
        Ok(config) => Ok(Config { file: Some(file), ..config }),
        Err(problems) => {
            problems.iter().for_each(|(span, words)| file.say(span, words, talk));
            Err(Stop::Said)
        }
    }
}

fn read(path: &Path, text: &[u8], lang: Lang) -> Result<Config, Vec<Problem>> {
    // What comes from a shell's `<(..)` stands in no directory of the project: it is about the working directory.
    let near = match path.is_file() {
        true => path.parent().unwrap_or(Path::new("")),
        false => Path::new(""),
    };
    let mut config = parse(text, &from_root(&near.join(".")), lang)?;
    config.paths.iter_mut().for_each(|(path, _)| *path = near.join(&*path));
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

const KEYS: [&str; 7] = ["paths", "exclude", "tz", "lang", "strict", "severity", "override"];
const OVERRIDE_KEYS: [&str; 3] = ["files", "events", "severity"];
const LEVELS: [(&str, Level); 4] = [
    ("error", Level::As(Severity::Error)),
    ("warning", Level::As(Severity::Warning)),
    ("note", Level::As(Severity::Note)),
    ("ignore", Level::Ignore),
];

/// What other tools call them.
const FOREIGN_LEVELS: [(&str, &[&str]); 4] = [
    ("error", &["err", "deny", "forbid", "fatal", "critical"]),
    ("warning", &["warn", "on"]),
    ("note", &["info", "information", "notice", "hint"]),
    ("ignore", &["off", "none", "allow", "disable", "disabled", "silent", "skip", "ignored"]),
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
    let mut reader = Reader { folder, lang, problems: Vec::new(), remarks: Vec::new() };
    for error in errors {
        let message = error.message();
        let words = say!(lang, "TOML 写法有误：{message}", "{message}");
        reader.problems.push((error.span().unwrap_or_default(), words));
    }
    // After a slip of the pen the rest is guesswork.
    let config = if reader.problems.is_empty() { reader.config(table.get_ref()) } else { Config::default() };
    let Reader { mut problems, mut remarks, .. } = reader;
    problems.sort_by_key(|(span, _)| span.start);
    remarks.sort_by_key(|(span, _)| span.start);
    if problems.is_empty() { Ok(Config { remarks, ..config }) } else { Err(problems) }
}

type Value<'t> = Spanned<DeValue<'t>>;

struct Reader<'f> {
    folder: &'f Path,
    lang: Lang,
    problems: Vec<Problem>,
    /// What has no effect.
    remarks: Vec<(Range<usize>, Sentence)>,
}

impl Reader<'_> {
    fn config(&mut self, table: &DeTable<'_>) -> Config {
        let mut config = Config::default();
        self.known(table, &KEYS);
        for (key, value) in table {
            match &**key.get_ref() {
                "paths" => {
                    let paths = self.strings(value).into_iter();
                    config.paths = paths.map(|(path, span)| (PathBuf::from(path), span)).collect();
                }
                "exclude" => config.exclude = self.files(value),
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
        let mut part = Override { files: None, events: None, policy: Policy::default() };
        let Some(table) = value.get_ref().as_table() else {
            self.wrong(value, label("表（写成 [[override]]）", "a table: write [[override]]"));
            return part;
        };
        self.known(table, &OVERRIDE_KEYS);
        for (key, value) in table {
            match &**key.get_ref() {
                "files" => part.files = self.files(value),
                "events" => part.events = self.events(value),
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
        if part.events.is_some() {
            self.of_no_event(table);
        }
        if part.policy.levels.is_empty() {
            let words = both!(
                "这个 [[override]] 没有写 `severity`，不起作用",
                "this override has no `severity`, and so no effect"
            );
            self.remarks.push((value.span(), words));
        }
        part
    }

    /// Remarks on rules whose findings are about no event, in a table that is about some.
    fn of_no_event(&mut self, table: &DeTable<'_>) {
        let Some(levels) = table.get("severity").and_then(|levels| levels.get_ref().as_table()) else {
            return;
        };
        for key in levels.keys() {
            if let Some(rule) = rule(key.get_ref()).filter(|rule| !is_about_events(rule)) {
                let code = rule.code;
                let words = both!(
                    "`{code}` 与事件类型无关，写在 `events` 下不起作用；请写在 [severity] 里，或只有 `files` 的 [[override]] 里",
                    "`{code}` is never about an event, and has no effect under `events`; write it in [severity], or in an \
                     override with `files` alone"
                );
                self.remarks.push((key.span(), words));
            }
        }
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
            let level = self.text(value).and_then(|text| {
                let level = LEVELS.iter().find(|(name, _)| *name == text).map(|(_, level)| *level);
                if level.is_none() {
                    self.problems.push((value.span(), unknown_level(text).words(lang)));
                }
                level
            });
            match (rule(code), level) {
                (Some(rule), Some(level)) => levels.push((rule, level)),
                (Some(_), None) => {}
                (None, _) => self.problems.push((key.span(), unknown_rule(code).words(self.lang))),
            }
        }
        levels
    }

    /// Patterns for files below the settings.
    fn files(&mut self, value: &Value<'_>) -> Option<FileGlobs> {
        let folder = self.folder;
        self.globs(value, |written| FileGlobs::new(written, folder))
    }

    /// Patterns for event types.
    fn events(&mut self, value: &Value<'_>) -> Option<Globs> {
        let globs = self.globs(value, Globs::of_names)?;
        for pattern in globs.patterns.iter().filter(|pattern| !is_of_known_types(pattern)) {
            if let Some(near) = near_type(pattern) {
                let text = &pattern.text;
                let [zh, en] = [Lang::Zh, Lang::En].map(|lang| did_you_mean(format_args!("`{near}`"), lang));
                let words = both!(
                    "没有文档列出的事件类型符合 `{text}`；{zh}",
                    "no documented event type fits `{text}`; {en}"
                );
                self.remarks.push((pattern.span.clone(), words));
            }
        }
        Some(globs)
    }

    fn globs<G>(
        &mut self,
        value: &Value<'_>,
        make: impl FnOnce(Vec<Written>) -> Result<G, Vec<(Range<usize>, Sentence)>>,
    ) -> Option<G> {
        let (written, before) = (self.strings(value), self.problems.len());
        if written.is_empty() && before == self.problems.len() && value.get_ref().is_array() {
            let words = both!("空列表不起作用", "nothing fits an empty list");
            self.remarks.push((value.span(), words));
        }
        match make(written) {
            Ok(globs) => Some(globs),
            Err(wrong) => {
                let wrong = wrong.into_iter().map(|(span, words)| (span, words.text(self.lang).to_owned()));
                self.problems.extend(wrong);
                None
            }
        }
    }

    fn strings(&mut self, value: &Value<'_>) -> Vec<Written> {
        let Some(items) = value.get_ref().as_array() else {
            self.wrong(value, label("字符串列表", "a list of strings"));
            return Vec::new();
        };
        items.iter().filter_map(|item| Some((self.text(item)?.to_owned(), item.span()))).collect()
    }

    fn text<'v>(&mut self, value: &'v Value<'_>) -> Option<&'v str> {
        let text = value.get_ref().as_str();
        if text.is_none() {
            self.wrong(value, label("字符串", "a string"));
        }
        text
    }

    /// Makes something of a string.
    fn with<T, E: std::fmt::Display>(
        &mut self,
        value: &Value<'_>,
        make: impl FnOnce(&str) -> Result<T, E>,
    ) -> Option<T> {
        let text = self.text(value)?;
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

/// What is said of a severity that is none of ours.
fn unknown_level(text: &str) -> Unknown {
    let names = LEVELS.map(|(name, _)| name);
    let mut unknown = Unknown::among(label("级别", "severity"), text, &names);
    let is = |(_, others): &&(&str, &[&str])| others.iter().any(|other| other.eq_ignore_ascii_case(text));
    if let Some((name, _)) = FOREIGN_LEVELS.iter().find(is) {
        unknown.near = Some((*name).to_owned());
    }
    unknown
}

/// The names of event types that are known.
fn known_types() -> impl Iterator<Item = &'static str> {
    EVENTS.iter().map(|event| event.name).chain(UNLISTED.iter().map(|known| known.name))
}

/// Whether a pattern for event types fits one that is known.
pub fn is_of_known_types(pattern: &Pattern) -> bool {
    fits_a_type(&pattern.text)
}

fn fits_a_type(pattern: &str) -> bool {
    Globs::of_names(vec![(pattern.to_owned(), 0..0)])
        .is_ok_and(|globs| known_types().any(|name| globs.fit(name)))
}

/// The pattern that was probably meant by one that fits no known type.
fn near_type(pattern: &Pattern) -> Option<String> {
    let text = &pattern.text;
    let literal = text.find(['*', '?', '[', '{', '\\']).unwrap_or(text.len());
    let (stem, rest) = text.split_at(text[..literal].trim_end_matches(['.', '_']).len());
    let heads = known_types()
        .flat_map(|name| name.match_indices(['.', '_']).map(|(at, _)| &name[..at]).chain([name]));
    nearest(stem, heads).map(|near| format!("{near}{rest}")).filter(|near| fits_a_type(near))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::json::Place;

    fn problems(text: &str) -> Vec<String> {
        let problems = parse(text.as_bytes(), Path::new("/p"), Lang::En).err().unwrap_or_default();
        let line = |(span, message): &Problem| {
            format!("f:{}: {message}", Place::START.after(&text.as_bytes()[..span.start]).position())
        };
        problems.iter().map(line).collect()
    }

    fn remarks(text: &str) -> Vec<(String, String)> {
        let config = parse(text.as_bytes(), Path::new("/p"), Lang::En).unwrap();
        let remark =
            |(span, words): &(Range<usize>, Sentence)| (text[span.clone()].to_owned(), words.to_string());
        config.remarks.iter().map(remark).collect()
    }

    #[test]
    fn what_can_have_no_effect_is_told_by_its_place() {
        let events = |pattern: &str| {
            remarks(&format!("[[override]]\nevents=[\"{pattern}\"]\nseverity={{absent-field=\"note\"}}"))
        };
        for (pattern, near) in [
            ("attendnace.*", "attendance.*"),
            ("im.mesage.*", "im.message.*"),
            ("attendance.user_flow.create_v1", "attendance.user_flow.created_v1"),
            ("IM.message.recieve_v1", "im.message.receive_v1"),
        ] {
            let said = format!("no documented event type fits `{pattern}`; did you mean `{near}`?");
            assert_eq!(events(pattern), [(format!("\"{pattern}\""), said)]);
        }
        for pattern in ["im.*", "*", "*.created_v1", "card.action.trigger_v1", "example.parcel.*", "{a,im}.*"]
        {
            assert_eq!(events(pattern), [], "{pattern}");
        }
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
                "f:2:16: unknown severity `warn`; did you mean `warning`?",
            ),
            ("strict = \"yes\"", "f:1:10: this must be true or false, not string"),
            ("paths = [\"a\", 1]", "f:1:15: this must be a string, not integer"),
            ("[[override]]\nfile = []\nevents = []", "f:2:1: unknown key `file`; did you mean `files`?"),
            ("[override]\nfiles = []", "f:1:1: this must be tables: write [[override]], not table"),
        ] {
            assert_eq!(problems(text), [expected], "{text}");
        }
        assert_eq!(problems("tz = \"Mars\"\nlang = \"de\"").len(), 2, "all at once");
        assert!(problems("[[override]]\nfiles = [\"b\", \"a[\"]")[0].starts_with("f:2:15: `a[`: "));
        for (foreign, said) in [
            ("off", "did you mean `ignore`?"),
            ("Info", "did you mean `note`?"),
            ("erorr", "did you mean `error`?"),
            ("loud", "there are error, warning, note, ignore"),
        ] {
            let text = format!("[severity]\nabsent-field = \"{foreign}\"");
            assert_eq!(problems(&text), [format!("f:2:16: unknown severity `{foreign}`; {said}")]);
        }
        assert!(problems("[[override]]\nseverity = {}")[0].contains("some `files` or `events`"));
        assert!(problems("tz = ")[0].starts_with("f:1:"));
    }
}
