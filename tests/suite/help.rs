//! What is said of the command line: every example of `--help` runs, `-h` fits a screen, what other tools call something
//! is answered with what to type, manual pages are whole, and shells complete names that only the program knows.

use std::collections::BTreeSet;
use std::path::Path;
use std::process::Command;
use std::sync::LazyLock;

use crate::support::program::{
    Folder, OFFICIAL, Ran, bad, finish, fixture, folder, larkspect, larkspect_in, official, root, search_path,
};

fn tree() -> clap::Command {
    let mut tree = larkspect::cli::command();
    tree.build();
    tree
}

/// The commands, the program itself by an empty name first.
fn commands() -> Vec<String> {
    let tree = tree();
    let names = tree.get_subcommands().map(|command| command.get_name().to_owned());
    std::iter::once(String::new()).chain(names.filter(|name| name != "help")).collect()
}

fn help(command: &str, flag: &str) -> String {
    let words = command.split_whitespace().chain([flag]);
    larkspect(words).env("COLUMNS", "80").run().exits(0).text().to_owned()
}

/// What a shell makes of a line, on the files that examples name.
fn shell(shell: &str, line: &str, at: &Path) -> Ran {
    let mut command = Command::new(shell);
    command.args(["-c", line]).current_dir(at).env_clear().env("PATH", search_path()).env("HOME", at);
    finish(command.env("LARKSPECT_TZ", "+08:00").env("LANG", "C.UTF-8").env("MANPAGER", "cat"), Vec::new())
}

fn has(program: &str) -> bool {
    Command::new(program).arg("--version").output().is_ok_and(|done| done.status.success())
}

/// Two captures that are made once.
static MADE: LazyLock<[Vec<u8>; 2]> = LazyLock::new(|| {
    [&["sample", "--mix", "-n", "40", "--seed", "3"][..], &["sample", "-n", "9"]]
        .map(|args| larkspect(args).run().exits(0).out)
});

/// The files that examples name, and the folders that they write to.
fn stand_ins() -> Folder {
    let [mix, punches] = &*MADE;
    let shift = fixture("captures/shift.ndjson");
    folder(&[
        ("payload.json", &official()),
        ("captures/monday.ndjson", &shift),
        ("captures/tuesday.ndjson", punches),
        ("fixtures/good.json", &official()),
        ("fixtures/bad.json", &bad()),
        ("app.log", mix),
        ("day.ndjson", &[&shift[..], b"\n", &bad()].concat()),
        ("requests.http", &fixture("captures/forms/http-encrypted.http")),
        ("key", b"test key\n"),
        ("salt", b"sixteen bytes and more\n"),
        (".zfunc/other", b""),
        (".config/fish/completions/other", b""),
    ])
}

/// What is wrong with an example; `None` if it does its job.
fn wrong(line: &str) -> Option<String> {
    let at = stand_ins();
    let before = files(at.path());
    let ran = shell("sh", line, at.path());
    let refused = ran.err.lines().any(|line| line.starts_with("error:"));
    let silent = ran.out.is_empty() && ran.err.is_empty() && files(at.path()) == before;
    (ran.code > 1 || refused || silent).then(|| format!("{line}: {ran:?}"))
}

fn files(folder: &Path) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(next) = folders.pop() {
        for entry in std::fs::read_dir(next).unwrap() {
            let path = entry.unwrap().path();
            match path.is_dir() {
                true => folders.push(path),
                false => names.extend([path.display().to_string()]),
            }
        }
    }
    names
}

/// The lines of a help that are to be typed.
fn examples(help: &str) -> Vec<&str> {
    let lines = help.lines().skip_while(|line| *line != "Examples:").skip(1);
    lines.take_while(|line| line.starts_with("  ")).filter_map(|line| line.strip_prefix("    ")).collect()
}

#[test]
fn every_example_of_every_help_does_its_job() {
    let man = has("man");
    let mut failed = Vec::new();
    for command in commands() {
        let help = help(&command, "--help");
        let lines = examples(&help);
        assert!(!lines.is_empty(), "{command} --help has no examples");
        let own = format!("larkspect {command}");
        assert!(
            lines.iter().any(|line| line.contains(own.trim()) || command == "show"),
            "{command}: {lines:?}"
        );
        for line in lines {
            assert!(line.contains("larkspect") && !line.starts_with(' '), "{command}: {line}");
            if man || !line.contains("man -l") {
                failed.extend(wrong(line));
            }
        }
    }
    assert!(failed.is_empty(), "{}", failed.join("\n\n"));
}

#[test]
fn a_slip_in_an_example_is_noticed() {
    for line in [
        "larkspect --wher is_field=true captures/",
        "larkspect check --stricct fixtures/",
        "larkspect redact --kep location_name day.ndjson | larkspect check",
        "larkspect chek fixtures/",
        "larkspect check fixtured/",
        "larkspect explain no-such-thing",
    ] {
        assert!(wrong(line).is_some(), "{line}");
    }
}

#[test]
fn short_help_fits_a_screen_and_long_help_says_more() {
    for command in commands() {
        let short = help(&command, "-h");
        let lines: Vec<&str> = short.lines().collect();
        assert!(lines.len() <= 30, "{command} -h has {} lines\n{short}", lines.len());
        for line in &lines {
            assert!(line.chars().count() <= 80, "{command}: {line}");
            // A line for each option: no text goes on below.
            assert!(
                !line.starts_with("          ") || line.starts_with("       larkspect <"),
                "{command}: {line}"
            );
        }
        assert!(lines.last().unwrap().starts_with("--help shows all"), "{short}");
        let long = help(&command, "--help");
        assert!(long.lines().count() > lines.len() && long.contains("Examples:"), "{command}: {long}");
        for help in [&short, &long] {
            if let Some(global) = help.find("\nGlobal options:\n") {
                let rest = &help[global + 1..];
                let headings = rest.lines().filter(|line| line.ends_with(':') && line.ends_with(" options:"));
                assert_eq!(headings.count(), 1, "{command}: nothing of its own comes after\n{help}");
                assert!(!rest.contains("\nOptions:") && !rest.contains("\nSelect:"), "{command}: {help}");
            }
        }
        let bare = ["completions", "man"].contains(&&*command);
        assert_eq!(long.contains("--tz"), !bare, "{command}: {long}");
    }
    assert_eq!(help("--lang en --no-color", "-h"), help("", "-h"));
    let columns = help("show", "-h");
    assert!(columns.lines().any(|line| line.contains("--columns") && line.contains("commas")), "{columns}");
}

#[test]
fn what_other_tools_call_it_is_answered_with_what_to_type() {
    for (line, here) in [
        ("show --format json", "larkspect convert --to json"),
        ("show --to csv", "larkspect convert --to csv"),
        ("show -o x.csv", "larkspect convert -o x.csv"),
        ("-f csv", "larkspect convert --to csv"),
        ("--json", "larkspect convert --to json"),
        ("--csv", "larkspect convert --to csv"),
        ("convert --json", "--to json"),
        ("convert --format=tsv", "--to tsv"),
        ("check --json", "--format json"),
        ("check -f csv", "larkspect convert --to csv"),
        ("check -o report.json", "--report json=report.json"),
        ("convert --to github", "larkspect check --format github"),
        ("--filter type=0", "--where type=0"),
        ("show --n 3", "-n 3"),
        ("convert --tail 3", "--sort=-create_time -n 3"),
        ("--validate", "larkspect check"),
        ("show --redact", "larkspect redact"),
        ("--man", "larkspect man"),
        ("--timezone +09:00", "--tz +09:00"),
        ("--encrypt-key hunter2", "--encrypt-key-file FILE"),
    ] {
        let ran = larkspect(line.split(' ').chain([OFFICIAL])).run().exits(2);
        assert!(ran.out.is_empty(), "{line}");
        assert!(ran.err.contains(&format!("tip: that is `{here}` here\n")), "{line}: {}", ran.err);
        assert!(!ran.err.contains("similar") && !ran.err.contains("hunter2"), "{line}: {}", ran.err);
        assert!(ran.err.lines().count() <= 6, "{line}: {}", ran.err);
    }
    // What is like nothing elsewhere is answered by what it is like here.
    let ran = larkspect(["show", "--colums", "type", OFFICIAL]).run().exits(2);
    assert!(ran.err.contains("'--columns'"), "{}", ran.err);
}

#[test]
fn what_is_to_be_typed_instead_is_accepted() {
    for line in [
        "convert --to json",
        "convert --to csv",
        "check --format json",
        "convert --to ndjson",
        "convert --to md",
        "check --format github",
        "--where type=0",
        "--event attendance.user_flow.created_v1",
        "--since 2020-01-01",
        "-n 3",
        "--sort=-create_time -n 3",
        "--columns employee_id",
        "check --max-findings 3",
        "--dedupe",
        "--wide",
        "--card",
        "check --strict",
        "check --ignore timestamp-unit",
        "-j 2",
    ] {
        larkspect(line.split(' ').chain([OFFICIAL])).run().exits(0);
    }
}

#[test]
fn what_people_type_first_is_taken() {
    for command in ["", "show", "check", "convert"] {
        let run = |flags: &str| {
            let words = command.split_whitespace().chain(flags.split(' ')).chain([OFFICIAL]);
            let ran = larkspect(words).run().exits(0);
            crate::support::program::steady(ran.text(), "0")
        };
        for (typed, meant) in [
            ("--no-color", "--color never"),
            ("--color always --no-color", "--color never"),
            ("--no-color --color always", "--color always"),
            ("--no-colour", "--color never"),
            ("--colour yes", "--color always"),
            ("--color yes", "--color always"),
            ("--color no", "--color never"),
            ("--color off", "--color never"),
            ("--lang zh-CN", "--lang zh"),
            ("--lang zh_CN", "--lang zh"),
            ("--lang ZH", "--lang zh"),
            ("--lang cn", "--lang zh"),
            ("--lang en-US", "--lang en"),
            ("--lang EN_us", "--lang en"),
        ] {
            assert_eq!(run(typed), run(meant), "{command} {typed}");
        }
        if command != "check" {
            assert_ne!(run("--lang cn"), run("--lang en-US"), "{command}");
        }
        if command != "convert" {
            assert_ne!(run("--color yes"), run("--no-color"), "{command}");
        }
    }
    let zone = larkspect(["--tz", "8", OFFICIAL]).run().exits(2);
    assert!(zone.err.contains("did you mean `+08:00`?"), "{}", zone.err);
    let variable = larkspect([OFFICIAL]).env("LARKSPECT_TZ", "8").run().exits(2);
    let said = "larkspect: LARKSPECT_TZ: unknown time zone `8`; did you mean `+08:00`?\n";
    assert_eq!(variable.err, said);
}

#[test]
fn a_mistyped_command_reads_nothing() {
    let at = folder(&[
        ("day.ndjson", &official().repeat(40)),
        ("here/chek", &official()),
        ("here/a.json", &bad()),
    ]);
    for (line, meant) in [
        ("chek day.ndjson", "larkspect check"),
        ("chek --strict day.ndjson", "larkspect check"),
        ("--lang en chek day.ndjson", "larkspect check"),
        ("shwo day.ndjson", "larkspect show"),
        ("valid day.ndjson", "larkspect check"),
        ("json day.ndjson", "larkspect convert --to json"),
        ("csv day.ndjson", "larkspect convert --to csv"),
        ("grep day.ndjson", "larkspect --where CONDITION"),
        ("version", "larkspect --version"),
        ("manual", "larkspect man"),
        ("anonymize day.ndjson", "larkspect redact"),
    ] {
        let ran = larkspect_in(at.path(), line.split(' ')).run().exits(2);
        let word = line.trim_start_matches("--lang en ").split(' ').next().unwrap();
        let said = format!(
            "larkspect: unknown command `{word}`; did you mean `{meant}`?\n           \
             no file has this name either; nothing was read\n"
        );
        assert_eq!((ran.out.as_slice(), ran.err), (&b""[..], said), "{line}");
    }
    // A file is read whatever it is called, and a word that is like nothing is a file that is not there.
    let here = at.path().join("here");
    let ran = larkspect_in(&here, ["chek", "a.json"]).run().exits(0);
    assert!(ran.text().contains("2b68933a"), "{ran:?}");
    let ran = larkspect_in(&here, ["xyzzy", "a.json"]).run().exits(2);
    assert!(ran.err.starts_with("larkspect: xyzzy: No such file"), "{}", ran.err);
}

/// The text of each section of a manual page, by its heading.
fn sections(page: &str) -> Vec<(&str, &str)> {
    let parts = page.split("\n.SH ").skip(1);
    parts.map(|part| part.split_once('\n').unwrap_or((part, ""))).collect()
}

#[test]
fn every_command_has_a_manual_page_that_is_whole() {
    let at = Folder::new();
    let ran = larkspect_in(at.path(), ["man", "--dir", "pages/man1"]).run().exits(0);
    assert!(ran.out.is_empty() && ran.err.is_empty(), "{ran:?}");
    let names: BTreeSet<String> = files(&at.path().join("pages/man1"))
        .iter()
        .map(|path| path.rsplit('/').next().unwrap().to_owned())
        .collect();
    let file = |command: &String| match command.as_str() {
        "" => "larkspect.1".to_owned(),
        command => format!("larkspect-{command}.1"),
    };
    assert_eq!(names, commands().iter().map(file).collect());
    for command in commands() {
        let page = larkspect(["man"].into_iter().chain(command.split_whitespace())).run().exits(0);
        let path = at.path().join("pages/man1").join(file(&command));
        assert_eq!(std::fs::read_to_string(&path).unwrap(), page.text(), "{command}");
        let page = format!("\n{}", page.text());
        let sections = sections(&page);
        let headings: Vec<&str> = sections.iter().map(|(heading, _)| heading.trim_matches('"')).collect();
        for wanted in [
            "NAME",
            "SYNOPSIS",
            "DESCRIPTION",
            "OPTIONS",
            "EXAMPLES",
            "EXIT STATUS",
            "ENVIRONMENT",
            "FILES",
            "SEE ALSO",
        ] {
            assert_eq!(
                headings.iter().filter(|heading| **heading == wanted).count(),
                1,
                "{command}: {headings:?}"
            );
        }
        for (heading, text) in &sections {
            let told =
                text.lines().any(|line| !line.starts_with('.') && line.chars().any(char::is_alphabetic));
            assert!(told, "{command}: {heading} is empty");
        }
        let lines: Vec<&str> = page.lines().collect();
        for entry in lines.windows(3).filter(|lines| lines[0] == ".TP") {
            assert!(!entry[2].starts_with('.') && !entry[2].is_empty(), "{command}: {entry:?} says nothing");
        }
        let text = page.replace("\\-", "-").replace("\\*(Aq", "'");
        for typed in examples(&help(&command, "--help")) {
            assert!(text.contains(&format!("\n\\fB{typed}\\fR\n")), "{command}: {typed}\n{text}");
        }
        let tree = tree();
        let described = if command.is_empty() { Some(&tree) } else { tree.find_subcommand(&command) };
        for argument in described.unwrap().get_arguments().filter(|argument| !argument.is_hide_set()) {
            if let Some(long) = argument.get_long() {
                assert!(text.contains(&format!("--{long}")), "{command} --{long}");
            }
        }
        for (program, args) in
            [("groff", &["-man", "-ww", "-z", "-Kutf8", "-Tutf8"][..]), ("man", &["--warnings", "-l"])]
        {
            if has(program) {
                let mut render = Command::new(program);
                render
                    .args(args)
                    .arg(&path)
                    .env("MANPAGER", "cat")
                    .env("LC_ALL", "C.UTF-8")
                    .env("MANWIDTH", "80");
                let ran = finish(&mut render, Vec::new()).exits(0);
                assert_eq!(ran.err, "", "{program} {command}");
            }
        }
    }
    let check = larkspect(["man", "validate"]).run().exits(0);
    assert!(check.text().contains("LARKSPECT-CHECK") || check.text().contains("LARKSPECT\\-CHECK"));
    let ran = larkspect(["man", "chek"]).run().exits(2);
    assert!(ran.err.contains("unknown command `chek`; did you mean `check`?"), "{}", ran.err);
    let ran = larkspect(["man", "-o", OFFICIAL]).run().exits(2);
    assert!(ran.err.starts_with(&format!("larkspect: {OFFICIAL}: ")), "{}", ran.err);
}

#[test]
fn the_manual_names_every_variable_that_is_looked_at() {
    let page = larkspect(["man"]).run().exits(0).text().replace("\\-", "-");
    let mut folders = vec![root().join("src")];
    let mut names = BTreeSet::new();
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let text = std::fs::read_to_string(&path).unwrap_or_default();
            let starts = text.match_indices("LARKSPECT_").map(|(at, _)| &text[at..]);
            let name =
                |rest: &str| rest.chars().take_while(|c| c.is_ascii_uppercase() || *c == '_').collect();
            names.extend(starts.map(name).filter(|name: &String| name != "LARKSPECT_"));
        }
    }
    assert!(names.len() >= 3, "{names:?}");
    for name in names {
        assert!(page.contains(&name), "{name} is not in the manual");
    }
}

/// What bash offers for a line with the cursor at its end. Words are taken apart as readline takes them apart.
fn in_bash(script: &Path, words: &[&str], at: &Path) -> Vec<String> {
    let quoted: Vec<String> = words.iter().map(|word| format!("'{word}'")).collect();
    let last = words.last().filter(|word| **word != "=").copied().unwrap_or_default();
    let line = format!(
        "source {}; COMP_WORDS=({}); COMP_CWORD={}; _larkspect larkspect '{last}' ''; printf '%s\\n' \"${{COMPREPLY[@]}}\"",
        script.display(),
        quoted.join(" "),
        words.len() - 1,
    );
    let ran = shell("bash", &line, at).exits(0);
    ran.text().lines().filter(|line| !line.is_empty()).map(str::to_owned).collect()
}

#[test]
fn bash_completes_what_only_the_program_knows() {
    if !has("bash") {
        return;
    }
    let at = folder(&[("a file.json", b""), ("folder/b.json", b"")]);
    let script = at.file("larkspect.bash", larkspect(["completions", "bash"]).run().exits(0).out);
    for (words, wanted) in [
        (&["explain", "times"][..], &["timestamp-unit"][..]),
        (&["sample", "--fault", "=", "timest"], &["timestamp-unit"]),
        (&["check", "--ignore", "timest"], &["timestamp-unit"]),
        (&["schema", "im.message.rec"], &["im.message.recalled_v1", "im.message.receive_v1"]),
        (&["show", "--columns", "employee_id,check_t"], &["employee_id,check_time"]),
        (&["show", "--where", "risk_res"], &["risk_result="]),
        (&["show", "--where", "check_time.d"], &["check_time.day="]),
        (&["show", "--sort", "employee_id,check_t"], &["employee_id,check_time"]),
        (&["summary", "--by", "employee_id,dela"], &["employee_id,delay"]),
        (&["--tz", "Asia/Shang"], &["Asia/Shanghai"]),
        (&["convert", "--to", "x"], &["xlsx"]),
        (&["check", "a"], &["a file.json"]),
        (&["convert", "--split", "f"], &["folder"]),
        (&["conv"], &["convert"]),
        (&["show", "-n", ""], &[]),
    ] {
        let mut found = in_bash(&script, &[&["larkspect"], words].concat(), at.path());
        found.sort();
        assert_eq!(found, wanted, "{words:?}");
    }
}

#[test]
fn shells_take_their_scripts() {
    let at = Folder::new();
    for name in ["bash", "zsh", "fish"] {
        let script = at.file(name, larkspect(["completions", name]).run().exits(0).out);
        if has(name) {
            let mut check = Command::new(name);
            finish(check.arg("-n").arg(&script).current_dir(at.path()), Vec::new()).exits(0);
        }
    }
    if has("fish") {
        for (line, wanted) in [
            ("larkspect explain times", "timestamp-unit\t"),
            ("larkspect sample --fault=timest", "--fault=timestamp-unit\t"),
            ("larkspect --tz Asia/Shang", "Asia/Shanghai"),
            ("larkspect show --where is_wifi=", "is_wifi=true"),
            ("larkspect show --where check_time.d", "check_time.day=\t"),
            ("larkspect summary --by employee_id,d", "employee_id,delay"),
        ] {
            let line = format!("source {}/fish; complete --do-complete '{line}'", at.path().display());
            let ran = shell("fish", &line, at.path());
            assert!(ran.text().starts_with(wanted), "{line}: {ran:?}");
        }
    }
}

#[test]
fn whoever_completes_is_not_told_of_settings_that_are_wrong() {
    let at = folder(&[("larkspect.toml", b"strct = true\n")]);
    let ran = larkspect_in(at.path(), ["__complete", "check", "--stri"]).run().exits(0);
    assert_eq!((ran.text(), &*ran.err), ("--strict\tCount warnings and notes as errors\n", ""));
    let ran = larkspect_in(at.path(), ["__complete", "explain", "type"]).env("LANG", "zh_CN.UTF-8").run();
    assert!(ran.text().starts_with("type\t记录生成方式\n"), "{ran:?}");
    let every = larkspect(["__complete", "check", "--where", "a"]).run().exits(0);
    assert!(every.out.len() < 200_000 && every.err.is_empty(), "{}", every.out.len());
}
