//! Manual pages, made of what `--help` says.

use clap::Command;
use clap_mangen::Man;
use clap_mangen::roff::{Inline, Roff, bold, italic, roman};

use crate::cli::exit::Exit;

/// A manual page.
pub struct Page {
    /// The command; empty for the program.
    pub command: String,
    /// What else it is called.
    pub aliases: Vec<String>,
    /// The page, for `man -l -`.
    pub roff: String,
}

impl Page {
    /// The name of its file.
    pub fn file_name(&self) -> String {
        format!("{}.1", title(&self.command))
    }
}

/// The variables that are looked at, and what for.
const VARIABLES: &[(&str, &str)] = &[
    ("LARKSPECT_TZ", "The zone of all times, as --tz has it, which counts more."),
    ("LARKSPECT_ENCRYPT_KEY", "Encrypt Keys, one a line, besides those of --encrypt-key-file."),
    ("LARKSPECT_VERIFICATION_TOKEN", "Verification Tokens, one a line, besides those of --token-file."),
    ("TZ", "The zone where nothing else says it."),
    (
        "LC_ALL, LC_MESSAGES, LANG",
        "The language of labels where --lang does not say it: Chinese where it begins with zh.",
    ),
    ("NO_COLOR", "Not empty: paint nothing unless --color says so."),
    ("CLICOLOR_FORCE, FORCE_COLOR", "Neither empty nor 0: paint what goes to a file or a pipe too."),
    ("COLUMNS", "The width of tables and texts; else that of the terminal."),
];

/// The files that are read or written without being named.
const FILES: &[(&str, &str)] = &[
    (
        "larkspect.toml",
        "Settings of a project, looked for in the working directory and upwards; see --config.",
    ),
    ("FILE.expect", "What FILE, which is meant to be bad, breaks: check wants just that."),
];

/// The pages of the program and of its commands.
pub fn pages(mut program: Command) -> Vec<Page> {
    program.build();
    let page = |command: &Command, name: &str| Page {
        command: name.to_owned(),
        aliases: command.get_visible_aliases().map(str::to_owned).collect(),
        roff: roff(command, name, &program),
    };
    let listed = commands(&program).map(|command| page(command, command.get_name()));
    std::iter::once(page(&program, "")).chain(listed).collect()
}

/// The commands that have a page.
fn commands(program: &Command) -> impl Iterator<Item = &Command> {
    program.get_subcommands().filter(|command| !command.is_hide_set() && command.get_name() != "help")
}

fn title(command: &str) -> String {
    if command.is_empty() { "larkspect".to_owned() } else { format!("larkspect-{command}") }
}

fn roff(command: &Command, name: &str, program: &Command) -> String {
    let title = title(name);
    // Not by `Roff`, which forgets what is empty: there is no date. And no name is hyphenated.
    let version = env!("CARGO_PKG_VERSION");
    let heading =
        format!(".TH {} 1 \"\" \"larkspect {version}\" \"User Commands\"\n.nh\n", title.to_uppercase());
    let mut out = heading.into_bytes();
    let mut page = Roff::new();
    let about = command.get_about().map(ToString::to_string).unwrap_or_default();
    section(&mut page, "NAME").text([roman(format!("{title} - {about}"))]);
    let usage = command.clone().render_usage().to_string();
    let lines = usage.trim_start_matches("Usage:").lines().map(str::trim).filter(|line| !line.is_empty());
    section(&mut page, "SYNOPSIS");
    for line in lines {
        page.text([bold(line)]).control("br", []);
    }
    push(&page, &mut out);
    // There is room for all of them.
    let man = Man::new(command.clone().mut_args(|arg| arg.hide_short_help(false)));
    // Into memory: that does not fail.
    let _ = man.render_description_section(&mut out);
    let _ = man.render_options_section(&mut out);
    let mut page = Roff::new();
    if name.is_empty() {
        section(&mut page, "COMMANDS");
        for command in commands(program) {
            let about = command.get_about().map(ToString::to_string).unwrap_or_default();
            entry(&mut page, bold(self::title(command.get_name()) + "(1)"), &about);
        }
    }
    examples(&mut page, &command.get_after_long_help().map(ToString::to_string).unwrap_or_default());
    section(&mut page, "EXIT STATUS");
    for (exit, meaning) in Exit::ALL {
        entry(&mut page, bold((exit as u8).to_string()), meaning.en);
    }
    section(&mut page, "ENVIRONMENT");
    VARIABLES.iter().for_each(|(name, about)| entry(&mut page, bold(*name), about));
    section(&mut page, "FILES");
    FILES.iter().for_each(|(name, about)| entry(&mut page, italic(*name), about));
    section(&mut page, "SEE ALSO");
    let others = std::iter::once("").chain(commands(program).map(Command::get_name));
    let others: Vec<String> =
        others.filter(|other| *other != name).map(|other| self::title(other) + "(1)").collect();
    page.text([roman(others.join(", "))]);
    push(&page, &mut out);
    String::from_utf8_lossy(&out).into_owned()
}

fn push(page: &Roff, out: &mut Vec<u8>) {
    let _ = page.to_writer(out);
}

fn section<'r>(page: &'r mut Roff, heading: &str) -> &'r mut Roff {
    page.control("SH", [heading])
}

/// A name, and what is said of it.
fn entry(page: &mut Roff, name: Inline, about: &str) {
    page.control("TP", []).text([name]).text([roman(about)]);
}

/// The examples of `--help`, each as it is typed.
fn examples(page: &mut Roff, help: &str) {
    section(page, "EXAMPLES");
    let lines = help.lines().skip_while(|line| *line != "Examples:").skip(1);
    for line in lines.take_while(|line| line.starts_with("  ")) {
        match line.strip_prefix("    ") {
            Some(typed) => page
                .control("RS", ["4"])
                .control("nf", [])
                .text([bold(typed)])
                .control("fi", [])
                .control("RE", []),
            None => page.control("PP", []).text([roman(line.trim())]),
        };
    }
}
