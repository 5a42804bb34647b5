//! Every flag of every command is tried for its effect: with it and without it the program does something else, in the
//! place where it should. A flag that is not in the table, or does nothing, fails.

mod hostile;
mod table;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use std::process::Command;

use crate::support::program::{
    self, Folder, bad, finish, folder, larkspect_in, official, root, search_path, spoiled, steady,
};
use clap::Arg;
use table::{At, CASES, Case, Exit, Files, SAMES, Same, Stderr, Stdout};

/// What the cases read.
fn captures() -> Folder {
    let read = |path: &str| fs::read(root().join("fixtures").join(path)).unwrap();
    let (good, bad) = (official(), bad());
    let worse = spoiled("\"type\": 0", "\"type\": 9");
    let task = read("attendance.user_task.updated_v1/documented.json");
    folder(&[
        ("good.json", &good),
        ("bad.json", &bad),
        ("worse.json", &worse),
        ("many.json", &bad.repeat(3)),
        ("note.json", &spoiled("    \"comment\": \"\",\n", "")),
        ("odd.json", &spoiled("\"comment\": \"\"", "\"comment\": \"=1+1\", \"device_id\": \"x\"")),
        ("empty.json", b""),
        ("task.json", &task),
        ("two-types.ndjson", &[&good[..], b"\n", &task].concat()),
        ("shift.ndjson", &read("captures/shift.ndjson")),
        ("sealed.json", &read("captures/forms/encrypted.json")),
        ("signed.http", &read("captures/forms/http-encrypted.http")),
        ("stale.http", &read("verify/stale-request.http")),
        ("key", b"test key\n"),
        ("salt", b"sixteen bytes and more\n"),
        ("other-salt", b"sixteen others and more\n"),
        ("project/larkspect.toml", b"lang = \"zh\"\n[severity]\ntimestamp-unit = \"warning\"\n"),
        ("project/good.json", &good),
        ("project/bad.json", &bad),
        ("wrong.toml", b"strct = true\n"),
        ("wrong/larkspect.toml", b"strct = true\n"),
        ("wrong/a.json", &read("captures/forms/encrypted.json")),
    ])
}

/// What came of a run.
#[derive(Debug, PartialEq, Eq)]
struct Ran {
    out: String,
    err: String,
    code: i32,
    files: BTreeMap<String, String>,
}

impl Ran {
    /// Where two runs differ.
    fn differs(&self, other: &Ran) -> Vec<At> {
        let places = [
            (Stdout, self.out != other.out),
            (Stderr, self.err != other.err),
            (Exit, self.code != other.code),
            (Files, self.files != other.files),
        ];
        places.into_iter().filter(|(_, differs)| *differs).map(|(at, _)| at).collect()
    }

    /// What is said in a place.
    fn says(&self, at: At, words: &str) -> bool {
        match at {
            Stdout => self.out.contains(words),
            Stderr => self.err.contains(words),
            Files => self.files.values().any(|text| text.contains(words)),
            Exit => false,
        }
    }
}

/// Whether this machine has a way to run a program on a terminal.
fn has_terminal() -> bool {
    Command::new("script")
        .arg("--version")
        .output()
        .is_ok_and(|done| done.stdout.starts_with(b"script from util-linux"))
}

/// Runs a line of the table after a command, which may be none, in a folder of its own.
fn run(command: &str, line: &str) -> Ran {
    let at = captures();
    let (line, terminal) = match line.strip_prefix("on a terminal:") {
        Some(rest) => (rest, true),
        None => (line, false),
    };
    let (within, line) = match line.strip_prefix("in ").and_then(|line| line.split_once(':')) {
        Some((within, rest)) => (at.path().join(within), rest),
        None => (at.path().to_owned(), line),
    };
    let words: Vec<&str> = command.split_whitespace().chain(line.split_whitespace()).collect();
    let before = files(at.path());
    let ran = match terminal {
        true => on_terminal(&words.join(" "), &within),
        false => larkspect_in(&within, words).env("COLUMNS", "80").run(),
    };
    let mut files = files(at.path());
    files.retain(|name, text| before.get(name) != Some(text));
    let steady = |text: &str| steady(text, "0");
    Ran { out: steady(ran.text()), err: steady(&ran.err), code: ran.code, files }
}

/// Runs the program with these arguments, as a shell reads them, on a terminal of 80 columns.
fn on_terminal(args: &str, folder: &Path) -> program::Ran {
    let mut script = Command::new("script");
    script.args(["-qec", &format!("larkspect {args}"), "/dev/null"]).current_dir(folder).env_clear();
    script.env("PATH", search_path()).env("TERM", "xterm").env("COLUMNS", "80").env("LARKSPECT_TZ", "+08:00");
    script.env("PAGER", "sed s/^/paged:/");
    finish(&mut script, Vec::new())
}

/// Every file below a directory, by its path from there.
fn files(folder: &Path) -> BTreeMap<String, String> {
    let mut files = BTreeMap::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(next) = folders.pop() {
        for entry in fs::read_dir(next).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let name = path.strip_prefix(folder).unwrap().display().to_string();
            files.insert(name, String::from_utf8_lossy(&fs::read(&path).unwrap()).into_owned());
        }
    }
    files
}

/// The command of a row, and the rest of what it is about.
fn command_of(what: &str) -> (&str, &str) {
    what.split_once(' ').unwrap()
}

/// What is wrong with a case; `None` if it holds.
fn wrong(command: &str, case: &Case) -> Option<String> {
    let [without, with] = case.lines.map(|line| run(command, line));
    let differs = with.differs(&without);
    if differs != case.differ {
        return Some(format!("differ {differs:?}, not {:?}\n{without:#?}\n{with:#?}", case.differ));
    }
    let told = |at: &At| without.says(*at, case.sign) != with.says(*at, case.sign);
    if !case.sign.is_empty() && !differs.iter().any(told) {
        return Some(format!("{:?} stands in both or in none\n{without:#?}\n{with:#?}", case.sign));
    }
    let (_, flag) = command_of(case.what);
    let long = flag.split(' ').next().unwrap_or_default();
    let short = argument(command, long).and_then(|argument| argument.get_short())?;
    let line = case.lines[1].replace(long, &format!("-{short}"));
    let shorter = run(command, &line);
    (shorter != with).then(|| format!("-{short} is not {long}\n{with:#?}\n{shorter:#?}"))
}

/// The argument of a command (of the program, where that is none) by its long name, dashes and all.
fn argument(command: &str, long: &str) -> Option<Arg> {
    let arguments = if command.is_empty() { arguments_of(&tree()) } else { arguments(command) };
    arguments.into_iter().find(|argument| argument.get_long() == long.strip_prefix("--"))
}

fn tree() -> clap::Command {
    let mut tree = larkspect::cli::command();
    tree.build();
    tree
}

fn arguments_of(command: &clap::Command) -> Vec<Arg> {
    command
        .get_arguments()
        // What is hidden is another name for something, and looked at in `help.rs`.
        .filter(|argument| {
            !["help", "version"].contains(&argument.get_id().as_str()) && !argument.is_hide_set()
        })
        .cloned()
        .collect()
}

fn arguments(command: &str) -> Vec<Arg> {
    arguments_of(tree().find_subcommand(command).unwrap())
}

fn commands() -> Vec<String> {
    let names = tree().get_subcommands().map(|command| command.get_name().to_owned()).collect::<Vec<_>>();
    names.into_iter().filter(|name| name != "help").collect()
}

/// How the table calls an argument: `--format`, `FILE`.
fn name_of(argument: &Arg) -> String {
    match argument.get_long() {
        Some(long) => format!("--{long}"),
        None => argument.get_value_names().unwrap()[0].to_string(),
    }
}

/// The values of an argument that takes one of a few. `--report` takes the formats of `--format`.
fn values_of(command: &str, argument: &Arg) -> Vec<String> {
    let report = argument.get_long() == Some("report");
    let formats = report
        .then(|| arguments(command).into_iter().find(|other| other.get_long() == Some("format")).unwrap());
    let argument = formats.as_ref().unwrap_or(argument);
    // Of a switch clap says true and false.
    let values = argument.get_action().takes_values().then(|| argument.get_possible_values());
    values.unwrap_or_default().iter().map(|value| value.get_name().to_owned()).collect()
}

#[test]
fn every_flag_and_every_value_stands_in_the_table_once() {
    let mut wanted = BTreeSet::new();
    for command in commands() {
        for argument in arguments(&command) {
            let what = format!("{command} {}", name_of(&argument));
            let same = SAMES.iter().find(|same| same.what == what);
            match &*values_of(&command, &argument) {
                [] => drop(wanted.insert(what)),
                values => match same {
                    Some(Same { added, .. }) => {
                        let all: Vec<String> =
                            values.iter().map(|value| format!("{} {value}", name_of(&argument))).collect();
                        let (all, added) = (
                            BTreeSet::from_iter(all.iter().map(String::as_str)),
                            BTreeSet::from_iter(added.iter().copied()),
                        );
                        assert_eq!(added, all, "{what}");
                        wanted.insert(what);
                    }
                    None => wanted.extend(values.iter().map(|value| format!("{what} {value}"))),
                },
            }
        }
    }
    let listed = CASES.iter().map(|case| case.what).chain(SAMES.iter().map(|same| same.what));
    let listed: Vec<String> = listed.map(str::to_owned).collect();
    let once = BTreeSet::from_iter(listed.iter().cloned());
    let missing: Vec<_> = wanted.difference(&once).collect();
    let stale: Vec<_> = once.difference(&wanted).collect();
    assert!(
        missing.is_empty() && stale.is_empty(),
        "not in the table: {missing:#?}\nno such flag: {stale:#?}"
    );
    assert_eq!(listed.len(), once.len(), "a flag stands in the table twice");
}

#[test]
fn without_a_command_there_are_the_flags_of_show() {
    let names = |arguments: Vec<Arg>| arguments.iter().map(name_of).collect::<BTreeSet<_>>();
    assert_eq!(names(arguments_of(&tree())), names(arguments("show")));
}

#[test]
fn every_flag_has_its_effect() {
    let terminal = has_terminal();
    let mut failed = Vec::new();
    for case in CASES {
        if !terminal && case.lines[0].starts_with("on a terminal:") {
            continue;
        }
        let (command, _) = command_of(case.what);
        let bare = (command == "show").then_some("");
        for command in std::iter::once(command).chain(bare) {
            if let Some(wrong) = wrong(command, case) {
                failed.push(format!("{} {:?} -> {:?}: {wrong}", case.what, case.lines[0], case.lines[1]));
            }
        }
    }
    assert!(failed.is_empty(), "{} cases\n{}", failed.len(), failed.join("\n\n"));
}

#[test]
fn flags_without_a_visible_effect_change_nothing_and_are_looked_at() {
    for Same { what, line, added, refused } in SAMES {
        let (command, long) = command_of(what);
        let plain = run(command, line);
        for added in *added {
            let mut lines = vec![format!("{line} {added}")];
            if let Some(short) = argument(command, long).and_then(|argument| argument.get_short()) {
                lines.push(format!("{line} {}", added.replace(long, &format!("-{short}"))));
            }
            for line in lines {
                assert_eq!(run(command, &line), plain, "{what}: {line}");
            }
        }
        let refusal = run(command, &format!("{line} {refused}"));
        assert_eq!((refusal.code, refusal.out.as_str()), (2, ""), "{what}: {refused}");
        assert!(!refusal.err.is_empty(), "{what}: {refused}");
    }
}

#[test]
fn help_and_version_and_other_names_are_there_for_each_command() {
    for command in [""].into_iter().chain(commands().iter().map(String::as_str)) {
        let help = run(command, "--help");
        assert!(help.code == 0 && help.out.contains("Usage: larkspect") && help.err.is_empty(), "{command}");
        assert_eq!(run(command, "-h").code, 0, "{command}");
        assert_eq!(run("help", command).code, 0, "{command}");
        let short = run("help", command).out;
        assert!(short.contains("Usage: larkspect"), "{short}");
    }
    let version = run("", "--version");
    assert_eq!(version.out, concat!("larkspect ", env!("CARGO_PKG_VERSION"), "\n"));
    assert_eq!(run("", "-V"), version);
    for command in tree().get_subcommands() {
        for alias in command.get_visible_aliases() {
            assert_eq!(run(alias, "bad.json"), run(command.get_name(), "bad.json"), "{alias}");
        }
    }
}
