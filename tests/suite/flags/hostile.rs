//! Whatever is typed, set or configured, and quoted in an error, drives no terminal.

use std::ffi::{OsStr, OsString};
use std::fs;
use std::os::unix::ffi::OsStrExt;
use std::path::Path;

use larkspect::terminal::sanitize::is_hidden;

use super::{arguments, captures, commands, has_terminal, on_terminal};
use crate::support::program::{Program, larkspect_in};

/// A title for the window, a colour, a line that goes backwards, a gap that nobody sees.
const HOSTILE: &str = "\u{1b}]0;x\u{7}\u{9b}31m\u{202e}\u{200b}";
/// How it is to be shown. Where standard error is no terminal clap leaves sequences out, but not those of a terminal's
/// eight-bit kind: what comes out raw there would come out whole on a terminal.
const SHOWN: &str = r"\u{1b}]0;x\u{7}\u{9b}31m\u{202e}\u{200b}";

/// Values that come through a first look of those who read them.
const BEGINNINGS: [&str; 5] = ["", "sarif=", "employee_id=", "2021-03-10", "http://h/"];

/// What a run says on standard error, which is nothing that could drive a terminal.
#[track_caller]
fn said(run: Program) -> String {
    let command = format!("{:?}", run.command);
    let err = run.run().err;
    let raw = err.chars().find(|c| *c != '\n' && is_hidden(*c));
    assert_eq!(raw, None, "{command}: {err}");
    // Quoted, but not whole: part of it was taken for a sequence.
    let quoted = err.contains(r"\u{202e}") || err.contains(r"\\u{202e}");
    assert!(!quoted || err.replace(r"\\u", r"\u").contains(SHOWN), "{command}: {err}");
    err
}

fn with(folder: &Path, command: &str, args: impl IntoIterator<Item = impl AsRef<OsStr>>) -> Program {
    let mut run = larkspect_in(folder, command.split_whitespace()).env("COLUMNS", "80");
    run.command.args(args);
    run
}

fn join(parts: &[&[u8]]) -> OsString {
    OsStr::from_bytes(&parts.concat()).to_owned()
}

#[test]
fn no_argument_drives_the_terminal_that_an_error_quotes_it_on() {
    let at = captures();
    let mut quoted = 0;
    for command in commands() {
        for argument in arguments(&command).iter().filter(|argument| argument.get_action().takes_values()) {
            let flag = argument.get_long().map_or(String::new(), |long| format!("--{long}="));
            for beginning in BEGINNINGS {
                for bytes in [&b""[..], b"\xff"] {
                    let word = join(&[flag.as_bytes(), beginning.as_bytes(), HOSTILE.as_bytes(), bytes]);
                    let err = said(with(at.path(), &command, [&word, OsStr::new("good.json")]));
                    quoted += usize::from(err.contains(SHOWN));
                }
            }
        }
    }
    assert!(quoted > 300, "only {quoted} errors quote what was typed");
}

#[test]
fn no_flag_command_or_file_name_that_is_not_there_drives_the_terminal() {
    let at = captures();
    let all = commands();
    for command in [""].into_iter().chain(all.iter().map(String::as_str)) {
        for beginning in ["--", "-", "-j", "", "check", "--tz=", "--color", "./", "--format"] {
            for end in [&b""[..], b"\n", b"\xfe", b"="] {
                said(with(at.path(), command, [join(&[beginning.as_bytes(), HOSTILE.as_bytes(), end])]));
            }
        }
    }
    let flag = said(with(at.path(), "show", [format!("--{HOSTILE}")]));
    assert!(flag.starts_with(&format!("error: unexpected argument '--{SHOWN}' found\n")), "{flag}");
    let lines = said(with(at.path(), "show", ["--color=a\nerror: b"]));
    assert!(lines.starts_with("error: invalid value 'a\\nerror: b' for '--color <WHEN>'\n"), "{lines}");
}

#[test]
fn no_setting_and_no_variable_drives_the_terminal() {
    let at = captures();
    let written = r"\u001b]0;x\u0007\u009b31m\u202e\u200b";
    for settings in [
        format!("tz = \"{written}\""),
        format!("lang = \"{written}\""),
        format!("strict = \"{written}\""),
        format!("\"{written}\" = 1"),
        format!("paths = [\"{written}\"]"),
        format!("[severity]\n\"{written}\" = \"note\""),
        format!("[severity]\nabsent-field = \"{written}\""),
        format!("[[override]]\nfiles = [\"[{written}\"]"),
        format!("[[override]]\n\"{written}\" = 1"),
        format!("tz = {HOSTILE}"),
        format!("\"{HOSTILE}"),
    ] {
        fs::write(at.path().join("settings.toml"), &settings).unwrap();
        let err = said(with(at.path(), "check", ["--config", "settings.toml"]));
        assert!(!err.is_empty(), "{settings}");
    }
    fs::write(at.path().join(HOSTILE), "strct = 1").unwrap();
    let err = said(with(at.path(), "check", ["--config", HOSTILE]));
    assert!(err.contains(SHOWN), "{err}");
    let keys = ["LARKSPECT_TZ", "LARKSPECT_ENCRYPT_KEY", "LARKSPECT_VERIFICATION_TOKEN"];
    for variable in keys.into_iter().chain(["TZ", "LANG", "COLUMNS", "NO_COLOR", "TERM"]) {
        for end in [&b""[..], b"\n", b"\xfe"] {
            for command in ["show", "check", "convert", "verify"] {
                let run = with(at.path(), command, ["sealed.json"]);
                let err = said(run.env(variable, join(&[HOSTILE.as_bytes(), end])));
                assert!(variable != "LARKSPECT_TZ" || err.starts_with("larkspect: LARKSPECT_TZ"), "{err}");
            }
        }
    }
}

#[test]
fn what_is_wrong_with_arguments_is_painted_and_clean_on_a_terminal() {
    if !has_terminal() {
        return;
    }
    let at = captures();
    let ran = on_terminal("show \"--$(printf '\\033]0;x\\007')\"; true", at.path());
    let out = ran.text();
    assert!(out.contains("\u{1b}[") && out.contains(r"--\u{1b}]0;x\u{7}"), "{out:?}");
    assert!(!out.contains("\u{1b}]") && !out.contains('\u{7}'), "{out:?}");
}
