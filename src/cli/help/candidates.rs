//! What completes a word: commands, flags, and the values of an option by its name in the help, `<RULE>` or `<ZONE>`. The
//! scripts of `completions` ask for it by `larkspect __complete WORD..`, so a script outlives what it offers.

use std::collections::HashSet;
use std::ffi::OsString;
use std::io::Write;

use clap::{Arg, Command, ValueHint};

use crate::catalog::{self, Event, Kind};
use crate::cli::context::lang_of_locale;
use crate::cli::exit::{Exit, Stop};
use crate::cli::io::Io;
use crate::lang::{Label, Lang};
use crate::query::name::{Own, Part};
use crate::record::{Column, Layout};
use crate::report::formats::Format;
use crate::rules;
use crate::terminal::sanitize::push_clean;
use crate::time::Zone;

use super::chinese::chinese;

/// The word by which scripts ask, in place of a command.
const ASK: &str = "__complete";

/// In place of a candidate: files belong here, or directories, which the shell knows better.
const FILES: &str = ":files";
const FOLDERS: &str = ":folders";

/// The words that are to be completed, the last of them in part; `None` where nobody asks.
pub fn asked(args: &[OsString]) -> Option<&[OsString]> {
    args.get(1).filter(|word| *word == ASK).map(|_| &args[2..])
}

/// Writes what may stand in place of the last word: a line each, after a TAB what it means.
///
/// # Errors
///
/// It could not be written.
pub fn answer(program: Command, words: &[OsString], io: &Io) -> Result<Exit, Stop> {
    let words: Vec<String> = words.iter().map(|word| word.to_string_lossy().into_owned()).collect();
    let mut text = String::new();
    let lang = lang_of_locale(io);
    let program = match lang {
        Lang::Zh => chinese(program),
        Lang::En => program,
    };
    for Candidate { word, about } in complete(program, &words, lang) {
        push_clean(&word, &mut text);
        text.push('\t');
        push_clean(&about, &mut text);
        text.push('\n');
    }
    let mut out = io.stdout.clone();
    out.write_all(text.as_bytes())?;
    out.flush()?;
    Ok(Exit::Fine)
}

/// What may stand in place of a word, and what it means.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Candidate {
    word: String,
    about: String,
}

fn candidate(word: impl Into<String>, about: impl Into<String>) -> Candidate {
    Candidate { word: word.into(), about: about.into() }
}

/// What may stand in place of the last of these words.
fn complete(mut program: Command, words: &[String], lang: Lang) -> Vec<Candidate> {
    program.build();
    let (words, kept) = joined(words);
    let Some((typed, before)) = words.split_last() else { return Vec::new() };
    let place = Place::after(&program, before);
    let mut found = place.complete(typed, before, lang);
    found.retain(|candidate| candidate.word.starts_with(typed.as_str()) || candidate.word.starts_with(':'));
    let mut seen = HashSet::new();
    found.retain(|candidate| seen.insert(candidate.word.clone()));
    // What the shell takes for words of their own stays before the cursor.
    for candidate in found.iter_mut().filter(|candidate| !candidate.word.starts_with(':')) {
        candidate.word.drain(..kept);
    }
    found
}

/// The words as they were typed: bash takes `--fault=x` and `type=0` apart, into three. Besides, how many bytes of the
/// last it keeps. An opening quote is none of a word.
fn joined(words: &[String]) -> (Vec<String>, usize) {
    let mut whole: Vec<String> = Vec::new();
    let mut kept = 0;
    let mut glue = false;
    for (at, word) in words.iter().enumerate() {
        let word = if at + 1 == words.len() { word.trim_start_matches(['\'', '"']) } else { word };
        match whole.last_mut() {
            Some(last) if at > 0 && (word == "=" || glue) => {
                glue = word == "=" && !glue;
                last.push_str(word);
                kept = if glue { last.len() } else { last.len() - word.len() };
            }
            _ => {
                whole.push(word.to_owned());
                kept = 0;
            }
        }
    }
    (whole, kept)
}

/// Where in a command line a word stands.
struct Place<'p> {
    program: &'p Command,
    command: &'p Command,
    /// Whether a command may still come.
    is_first: bool,
    /// The option whose value it is.
    option: Option<&'p Arg>,
    /// How many words stood before it that are no options.
    words: usize,
    /// Whether it can be no option: `--` came.
    escaped: bool,
}

impl<'p> Place<'p> {
    fn after(program: &'p Command, before: &[String]) -> Place<'p> {
        let mut place =
            Place { program, command: program, is_first: true, option: None, words: 0, escaped: false };
        for word in before {
            if place.option.take().is_some() {
                continue;
            }
            match word.as_str() {
                "--" if !place.escaped => place.escaped = true,
                word if !place.escaped && word.len() > 1 && word.starts_with('-') => {
                    place.option = place.opened(word);
                }
                word => {
                    let command = place.is_first.then(|| place.command.find_subcommand(word)).flatten();
                    match command {
                        Some(command) => place.command = command,
                        None => place.words += 1,
                    }
                    place.is_first = false;
                }
            }
        }
        place
    }

    /// The option of a word whose value is the next one.
    fn opened(&self, word: &str) -> Option<&'p Arg> {
        let takes = |arg: &&Arg| arg.get_action().takes_values() && !arg.is_require_equals_set();
        match word.strip_prefix("--") {
            Some(name) => self.long(name).filter(takes),
            // `-vn 3`; of `-n3` the value is there.
            None => {
                let last = word.chars().last()?;
                let arg = |short| self.command.get_arguments().find(|arg| arg.get_short() == Some(short));
                let inner = &word[1..word.len() - last.len_utf8()];
                let is_open = inner.chars().all(|short| arg(short).is_some_and(|arg| !takes(&arg)));
                arg(last).filter(takes).filter(|_| is_open)
            }
        }
    }

    fn long(&self, name: &str) -> Option<&'p Arg> {
        let is = |arg: &&Arg| {
            arg.get_long() == Some(name) || arg.get_all_aliases().unwrap_or_default().contains(&name)
        };
        self.command.get_arguments().find(is)
    }

    fn complete(&self, typed: &str, before: &[String], lang: Lang) -> Vec<Candidate> {
        let asking = Asking { place: self, before, lang };
        if let Some(option) = self.option {
            return asking.values(option, typed);
        }
        if !self.escaped && typed.starts_with('-') {
            return match typed.split_once('=') {
                Some((name, value)) => {
                    let option = self.long(name.trim_start_matches('-'));
                    let values = option.map_or(Vec::new(), |option| asking.values(option, value));
                    prefixed(&format!("{name}="), values)
                }
                None => self.flags(),
            };
        }
        let mut found = Vec::new();
        if self.is_first {
            let shown = self.command.get_subcommands().filter(|command| !command.is_hide_set());
            let about = |command: &Command| command.get_about().map(ToString::to_string).unwrap_or_default();
            found.extend(shown.map(|command| candidate(command.get_name(), about(command))));
        }
        let all: Vec<&Arg> = self.command.get_positionals().collect();
        let many = |arg: &Arg| arg.get_num_args().is_some_and(|number| number.max_values() > 1);
        if let Some(arg) = all.get(self.words).or(all.last().filter(|arg| many(arg))) {
            found.extend(asking.values(arg, typed));
        }
        found
    }

    fn flags(&self) -> Vec<Candidate> {
        let shown = self.command.get_arguments().filter(|arg| !arg.is_hide_set());
        let about = |arg: &Arg| arg.get_help().map(ToString::to_string).unwrap_or_default();
        let flag = |arg: &Arg| {
            let equals = if arg.is_require_equals_set() { "=" } else { "" };
            Some(candidate(format!("--{}{equals}", arg.get_long()?), about(arg)))
        };
        shown.filter_map(flag).collect()
    }
}

/// Candidates with what stands before them.
fn prefixed(before: &str, mut found: Vec<Candidate>) -> Vec<Candidate> {
    for candidate in found.iter_mut().filter(|candidate| !candidate.word.starts_with(':')) {
        candidate.word.insert_str(0, before);
    }
    found
}

/// Whoever asks for values: where, after what, in which language.
struct Asking<'a> {
    place: &'a Place<'a>,
    before: &'a [String],
    lang: Lang,
}

impl Asking<'_> {
    /// The values of an argument that may stand in place of `typed`, the last of which is to be completed.
    fn values(&self, arg: &Arg, typed: &str) -> Vec<Candidate> {
        match arg.get_value_delimiter().and_then(|comma| typed.rsplit_once(comma)) {
            None => self.value(arg, typed),
            Some((before, last)) => {
                let mut found = self.value(arg, last);
                found.retain(|candidate| before.split(',').all(|had| had != candidate.word));
                prefixed(&format!("{before},"), found)
            }
        }
    }

    fn value(&self, arg: &Arg, typed: &str) -> Vec<Candidate> {
        let listed = arg.get_possible_values();
        if !listed.is_empty() && arg.get_action().takes_values() {
            let about = |value: &clap::builder::PossibleValue| value.get_help().map(ToString::to_string);
            let shown = listed.iter().filter(|value| !value.is_hide_set());
            return shown
                .map(|value| candidate(value.get_name(), about(value).unwrap_or_default()))
                .collect();
        }
        let title = |event: &Event| event.title.text(self.lang).to_owned();
        match arg.get_value_names().and_then(|names| names.first()).map_or("", |name| name.as_str()) {
            "RULE" => {
                rules::ALL.iter().map(|rule| candidate(rule.code, rule.summary.text(self.lang))).collect()
            }
            "TYPE" => catalog::EVENTS.iter().map(|event| candidate(event.name, title(event))).collect(),
            "COLUMN" | "FIELD" => match typed.strip_prefix('-') {
                Some(rest) => prefixed("-", self.fields(rest)),
                None => self.fields(typed),
            },
            "CONDITION" => self.conditions(typed),
            "ZONE" => Zone::names().map(|name| candidate(name, "")).collect(),
            "TOPIC" => self.topics(typed),
            "COMMAND" => {
                let name = |command: &Command| candidate(command.get_name(), "");
                self.place.program.get_subcommands().map(name).collect()
            }
            "FORMAT=PATH" if typed.contains('=') => vec![candidate(FILES, "")],
            "FORMAT=PATH" => {
                let report =
                    |format: &Format| candidate(format!("{}=", format.name), format.about.text(self.lang));
                Format::ALL.iter().map(report).collect()
            }
            _ => match arg.get_value_hint() {
                ValueHint::DirPath => vec![candidate(FOLDERS, "")],
                ValueHint::FilePath | ValueHint::AnyPath => vec![candidate(FILES, "")],
                _ => Vec::new(),
            },
        }
    }

    /// The columns to choose from: those of the types that `--event` names, else those of punches, and of all types where
    /// none of these begin with what was typed.
    fn columns(&self, typed: &str) -> Vec<Column> {
        let words = self.before.iter().map(String::as_str);
        let names = words.clone().zip(words.skip(1)).filter(|(flag, _)| *flag == "--event");
        let named: Vec<_> =
            names.flat_map(|(_, names)| names.split(',')).filter_map(catalog::event).collect();
        let columns = |event: &&'static Event| Layout::of(Some(event)).columns;
        if !named.is_empty() {
            return named.iter().flat_map(columns).collect();
        }
        let punches = columns(&catalog::EVENTS[0]);
        // What is typed may go on behind a name.
        let fits = |column: &Column| column.name.starts_with(typed) || typed.starts_with(&column.name);
        match punches.iter().any(fits) {
            true => punches,
            false => catalog::EVENTS.iter().flat_map(columns).collect(),
        }
    }

    /// The names of fields, and behind a whole name what may be asked of it: `check_time.day`.
    fn fields(&self, typed: &str) -> Vec<Candidate> {
        let own = Own::ALL.iter().map(|(name, _)| candidate(*name, ""));
        let title = |column: &Column| column.field.title.text(self.lang);
        let columns = self.columns(typed);
        let names = columns.iter().map(|column| candidate(&*column.name, title(column)));
        let parts = columns
            .iter()
            .filter(|column| typed.strip_prefix(&*column.name).is_some_and(|rest| !rest.is_empty()))
            .flat_map(|column| {
                let about = move |part: Label| format!("{} · {}", title(column), part.text(self.lang));
                let part = move |(ending, part)| candidate(format!("{}{ending}", column.name), about(part));
                Part::of(&column.field.kind).map(part)
            });
        // There are few that every event has. Behind a letter of theirs they are not lost among thousands of others.
        match typed.is_empty() {
            true => names.chain(own).collect(),
            false => own.chain(names).chain(parts).collect(),
        }
    }

    /// Fields with an operator, and behind `=` what the field may hold.
    fn conditions(&self, typed: &str) -> Vec<Candidate> {
        let Some(end) = typed.find(['=', '!', '~', '<', '>']) else {
            let mut found = self.fields(typed);
            let is_whole = found.iter().any(|candidate| candidate.word == typed);
            let more = if is_whole { &["!", "~"][..] } else { &[] };
            found.iter_mut().for_each(|candidate| candidate.word.push('='));
            let name =
                found.iter().find(|candidate| candidate.word.strip_suffix('=') == Some(typed)).cloned();
            found.extend(more.iter().flat_map(|sign| {
                let sign = if *sign == "!" { "!=" } else { sign };
                name.clone().map(|name| candidate(format!("{typed}{sign}"), name.about))
            }));
            return found;
        };
        let name = &typed[..end];
        let sign: String = typed[end..].chars().take_while(|c| "=!".contains(*c)).collect();
        if !matches!(sign.as_str(), "=" | "!=") {
            return Vec::new();
        }
        let columns = self.columns(name);
        let Some(column) = columns.iter().find(|column| column.name == name) else { return Vec::new() };
        let values: Vec<Candidate> = match column.field.kind {
            Kind::Choice(choices) => {
                let value = |choice: &catalog::Choice| {
                    candidate(choice.value.to_string(), choice.label.text(self.lang))
                };
                choices.iter().map(value).collect()
            }
            Kind::Word(words) => {
                let value = |word: &catalog::Word| candidate(word.value, word.label.text(self.lang));
                words.iter().map(value).collect()
            }
            Kind::Flag => ["true", "false"].map(|value| candidate(value, "")).into(),
            _ => Vec::new(),
        };
        prefixed(&format!("{name}{sign}"), values)
    }

    /// What `explain` knows: rules and types, and fields where no rule and no type begins so, as there are thousands.
    fn topics(&self, typed: &str) -> Vec<Candidate> {
        if self.place.words > 0 {
            return Vec::new();
        }
        let mut found: Vec<Candidate> =
            rules::ALL.iter().map(|rule| candidate(rule.code, rule.summary.text(self.lang))).collect();
        let event = |event: &&'static Event| candidate(event.name, event.title.text(self.lang));
        found.extend(catalog::EVENTS.iter().map(event));
        if !found.iter().any(|candidate| candidate.word.starts_with(typed)) {
            found.extend(self.fields(typed));
        }
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words_for(line: &[&str]) -> Vec<String> {
        let line: Vec<String> = line.iter().map(|word| (*word).to_owned()).collect();
        complete(crate::cli::command(), &line, Lang::En).into_iter().map(|found| found.word).collect()
    }

    #[test]
    fn words_are_completed_by_what_may_stand_there() {
        for (line, words) in [
            (&["explain", "times"][..], &["timestamp-unit"][..]),
            (&["check", "--ignore", "absent-field,malformed-m"], &["absent-field,malformed-mac"]),
            (&["sample", "--fault=timest"], &["--fault=timestamp-unit"]),
            // As bash takes it apart.
            (&["sample", "--fault", "=", "timest"], &["timestamp-unit"]),
            (&["sample", "--htt"], &["--http="]),
            (&["show", "--where", "risk_res"], &["risk_result="]),
            (&["show", "--where", "'risk_result"], &["risk_result=", "risk_result!=", "risk_result~"]),
            (&["show", "--where", "is_wifi="], &["is_wifi=true", "is_wifi=false"]),
            (&["show", "--where", "is_wifi", "="], &["true", "false"]),
            (&["show", "--where", "is_wifi", "=", "t"], &["true"]),
            (&["show", "--where", "check_time>"], &[]),
            (
                &["show", "--where", "check_time."],
                &["check_time.day=", "check_time.hour=", "check_time.raw=", "check_time.time="],
            ),
            (&["show", "--where", "risk_result_"], &["risk_result_label="]),
            (&["show", "--columns", "employee_id,check_time.d"], &["employee_id,check_time.day"]),
            (&["show", "--sort=-check_time.h"], &["--sort=-check_time.hour"]),
            (&["convert", "--sort", "employee_id,check_t"], &["employee_id,check_time"]),
            (&["summary", "--by", "employee_id,dela"], &["employee_id,delay"]),
            (&["summary", "--by", "check_time.hou"], &["check_time.hour"]),
            (&["--columns", "employee_id,check_t"], &["employee_id,check_time"]),
            (
                &["convert", "--event", "im.message.receive_v1", "--columns", "message.chat_t"],
                &["message.chat_type"],
            ),
            (&["convert", "--sort", "-check_t"], &["-check_time"]),
            (&["convert", "--sort=-check_t"], &["--sort=-check_time"]),
            (&["schema", "im.message.rec"], &["im.message.receive_v1", "im.message.recalled_v1"]),
            (&["--tz", "Asia/Shangh"], &["Asia/Shanghai"]),
            (&["--lang", "z"], &["zh"]),
            (&["check", "-f", "sa"], &["sarif"]),
            (&["check", "-qf", "sa"], &["sarif"]),
            (&["check", "--report", "sa"], &["sarif="]),
            (&["check", "--report", "sarif", "=", ""], &[FILES]),
            (&["exp"], &["explain", FILES]),
            (&["--lang", "zh", "exp"], &["explain", FILES]),
            (&["check", "exp"], &[FILES]),
            (&["check", "a.json", "exp"], &[FILES]),
            (&["check", "--", "--st"], &[FILES]),
            (&["check", "--st"], &["--strict"]),
            (&["completions", "ba"], &["bash"]),
            (&["completions", "bash", ""], &[]),
            (&["completions", "--"], &["--help"]),
            (&["convert", "--split", ""], &[FOLDERS]),
            (&["show", "-n", ""], &[]),
            (&["man", "expl"], &["explain"]),
            (&[""; 0], &[]),
        ] {
            let mut found = words_for(line);
            let mut words: Vec<String> = words.iter().map(|word| (*word).to_owned()).collect();
            found.sort();
            words.sort();
            assert_eq!(found, words, "{line:?}");
        }
    }

    #[test]
    fn what_every_event_has_comes_before_thousands_of_others() {
        let found = words_for(&["summary", "--by", "employee_id,d"]);
        assert_eq!(found[..2], ["employee_id,delay", "employee_id,day"]);
        assert!(found.len() > 20, "{found:?}");
        assert_eq!(words_for(&["--columns", "e"])[..3], ["event_type", "event_id", "employee_id"]);
    }

    #[test]
    fn an_option_that_takes_a_name_is_completed_by_names() {
        let mut program = crate::cli::command();
        program.build();
        let names = ["RULE", "TYPE", "COLUMN", "FIELD", "ZONE", "TOPIC", "COMMAND", "CONDITION"];
        let mut completed = HashSet::new();
        for command in program.get_subcommands() {
            for arg in command.get_arguments() {
                let name = arg.get_value_names().and_then(|names| names.first());
                let Some(name) = names.iter().find(|known| name.is_some_and(|name| name == **known)) else {
                    continue;
                };
                completed.insert(*name);
                let flag = arg.get_long().map(|long| format!("--{long}="));
                let word = flag.clone().unwrap_or_default();
                let found = words_for(&[command.get_name(), &word]);
                assert!(found.len() > 8, "{} {flag:?}: {found:?}", command.get_name());
            }
        }
        assert_eq!(completed.len(), names.len(), "{completed:?}");
    }
}
