//! `larkspect --lang zh show FILE`: options that mean the same everywhere may stand before the command. To clap the
//! options of the default command and a command exclude each other, so the command is put first.

use std::ffi::OsString;

use clap::{Command, CommandFactory};

use super::args::Args;

/// The arguments with the command, if there is one, before the global options that stood before it.
pub fn command_first(args: impl IntoIterator<Item = OsString>) -> Vec<OsString> {
    let mut args: Vec<OsString> = args.into_iter().collect();
    if !args.get(1).is_some_and(|word| word.as_encoded_bytes().starts_with(b"--")) {
        return args;
    }
    let program = Args::command();
    let mut at = 1;
    while let Some(length) = args.get(at).and_then(|word| global(&program, word)) {
        at += length;
    }
    let is_command = args.get(at).is_some_and(|word| program.find_subcommand(word).is_some());
    if is_command {
        args[1..=at].rotate_right(1);
    }
    args
}

/// How many words a global option takes that begins with `word`; `None` when it is none.
fn global(program: &Command, word: &OsString) -> Option<usize> {
    let word = word.to_str()?.strip_prefix("--")?;
    let (name, value) = word.split_once('=').map_or((word, None), |(name, value)| (name, Some(value)));
    let option = program.get_arguments().find(|option| option.get_long() == Some(name))?;
    let more = option.get_action().takes_values() && value.is_none();
    option.is_global_set().then_some(1 + usize::from(more))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn global_options_may_come_first() {
        for (typed, ordered) in [
            ("", ""),
            ("show x", "show x"),
            ("--lang zh show x", "show --lang zh x"),
            ("--tz=utc --color never check -f line x", "check --tz=utc --color never -f line x"),
            ("--lang zh x", "--lang zh x"),
            ("--lang zh x show", "--lang zh x show"),
            ("--card show", "--card show"),
            ("--lang", "--lang"),
            ("-- show", "-- show"),
        ] {
            let words = |text: &str| {
                let words = text.split_whitespace().map(OsString::from);
                std::iter::once(OsString::from("larkspect")).chain(words).collect::<Vec<_>>()
            };
            assert_eq!(command_first(words(typed)), words(ordered), "{typed}");
        }
    }
}
