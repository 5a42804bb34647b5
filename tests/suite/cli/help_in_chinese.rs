//! Help in Chinese: all of it, well set, on the same screen as the English one and about the same flags and examples.

use super::wrong_in_chinese::is_english;
use crate::support::chinese::{is_chinese, is_well_set};
use crate::support::program::{folder, larkspect, larkspect_in};
use larkspect::terminal::sanitize::width;

/// The help of a command, which may be none, so many columns wide.
fn help(command: &str, flag: &str, lang: &str, columns: &str) -> String {
    let words = command.split_whitespace().chain([flag, "--lang", lang]);
    let bare = ["completions", "man"].contains(&command);
    let words: Vec<&str> = if bare { vec!["--lang", lang, command, flag] } else { words.collect() };
    let ran = larkspect(words).env("COLUMNS", columns).run().exits(0);
    assert_eq!(ran.err, "", "{command}");
    ran.text().to_owned()
}

/// The commands, the program itself by an empty name first.
fn commands() -> Vec<String> {
    let tree = larkspect::cli::command();
    let names = tree.get_subcommands().map(|command| command.get_name().to_owned());
    std::iter::once(String::new()).chain(names).collect()
}

/// Whether a line is nothing but what is typed: an example, a usage, or the name of an argument.
fn is_typed(line: &str) -> bool {
    let bare = line.trim_start();
    line.starts_with("    larkspect ")
        || bare.starts_with("larkspect <")
        || (line.starts_with("    ") && line.contains(" | ") || line.contains(" larkspect "))
        || (bare.starts_with(['-', '[', '<']) && !bare.contains("  "))
}

#[test]
fn help_in_chinese_fits_a_screen_and_has_no_english_left() {
    for command in commands() {
        let (short, long) = (help(&command, "-h", "zh", "80"), help(&command, "--help", "zh", "80"));
        let lines: Vec<&str> = short.lines().collect();
        assert!(lines.len() <= 30, "{command} -h has {} lines\n{short}", lines.len());
        assert!(lines.last().unwrap().starts_with("--help 列出全部选项"), "{short}");
        for line in &lines {
            assert!(line.is_empty() || is_chinese(line) || is_typed(line), "{command}: {line}");
            // A line for each option: no text goes on below.
            assert!(!line.starts_with("          "), "{command}: {line}");
        }
        assert!(long.lines().count() > lines.len() && long.contains("\n示例：\n"), "{command}: {long}");
        for line in lines.iter().copied().chain(long.lines()) {
            assert!(width(line) <= 80, "{command}: {line}");
            assert!(is_typed(line) || (!is_english(line) && is_well_set(line)), "{command}: {line}");
        }
        for line in help(&command, "--help", "zh", "60").lines() {
            assert!(width(line) <= 60 || is_typed(line), "{command}: {line}");
        }
    }
}

#[test]
fn help_in_chinese_is_about_the_same() {
    for command in commands() {
        for flag in ["-h", "--help"] {
            let [zh, en] = ["zh", "en"].map(|lang| help(&command, flag, lang, "80"));
            let names = |help: &str| -> Vec<String> {
                let names =
                    help.lines().filter(|line| line.starts_with("  ") && !line.starts_with("       "));
                let names = names.map(|line| line.trim_start().split("  ").next().unwrap().to_owned());
                names.filter(|name| name.starts_with(['-', '[', '<'])).collect()
            };
            assert_eq!(names(&zh), names(&en), "{command} {flag}");
            assert!(names(&en).len() > 2 || !["check", ""].contains(&&*command), "{en}");
            let typed = |help: &str| -> Vec<String> {
                let lines = help.lines().skip_while(|line| !["示例：", "Examples:"].contains(line));
                let lines = lines.take_while(|line| !line.is_empty());
                lines.filter_map(|line| line.strip_prefix("    ").map(str::to_owned)).collect()
            };
            assert_eq!(typed(&en).is_empty(), flag == "-h", "{en}");
            assert_eq!(typed(&zh), typed(&en), "{command} {flag}");
        }
    }
}

#[test]
fn help_speaks_the_language_that_was_chosen() {
    let (zh, en) = (help("check", "-h", "zh", "100"), help("check", "-h", "en", "100"));
    let at = folder(&[("larkspect.toml", b"lang = \"zh\"\n"), ("other.toml", b"lang = \"en\"\n")]);
    let elsewhere = folder(&[]);
    for (settings, locale, line, wanted) in [
        (false, "C.UTF-8", "check -h", &en),
        (false, "zh_CN.UTF-8", "check -h", &zh),
        (false, "zh_CN.UTF-8", "check -h --lang en", &en),
        (false, "C.UTF-8", "check --lang=ZH-cn -h", &zh),
        (false, "C.UTF-8", "--lang zh check -h", &zh),
        (false, "C.UTF-8", "--lang zh --color never check -h", &zh),
        // Nobody knows what that is.
        (false, "C.UTF-8", "check -h --lang fr", &en),
        (true, "C.UTF-8", "check -h", &zh),
        (true, "C.UTF-8", "check -h --lang en", &en),
        (true, "C.UTF-8", "check -h --no-config", &en),
        (true, "C.UTF-8", "check -h --config other.toml", &en),
        (true, "zh_CN.UTF-8", "check -h --no-config", &zh),
    ] {
        let folder = if settings { at.path() } else { elsewhere.path() };
        let ran = larkspect_in(folder, line.split(' ')).env("LANG", locale).run().exits(0);
        assert_eq!((ran.text(), &*ran.err), (&**wanted, ""), "{settings} {locale} {line}");
    }
    for line in ["--lang zh help check", "--lang zh check --help"] {
        let ran = larkspect(line.split(' ')).run().exits(0);
        assert_eq!(ran.text(), help("check", "--help", "zh", "100"), "{line}");
    }
    let ran = larkspect(["--lang", "zh", "help", "help"]).run().exits(0);
    for line in ran.text().lines().filter(|line| !line.is_empty()) {
        assert!(is_chinese(line), "{line}");
    }
    let ran = larkspect(["help", "--lang", "zh"]).run().exits(2);
    assert!(is_chinese(&ran.err), "{}", ran.err);
    let version = |lang| larkspect(["--version", "--lang", lang]).run().exits(0).text().to_owned();
    assert_eq!(version("zh"), version("en"));
}

#[test]
fn painted_help_says_the_same() {
    for line in ["-h", "check --help", "completions"] {
        let run = |name: &str| {
            let words = ["--lang", "zh"].into_iter().chain(line.split(' '));
            let ran = larkspect(words).env(name, "1").run();
            ran.text().to_owned() + &ran.err
        };
        let painted = run("CLICOLOR_FORCE");
        let codes = painted.split('\u{1b}').skip(1).count();
        let mut parts = painted.split('\u{1b}');
        let first = parts.next().unwrap().to_owned();
        let plain = parts.fold(first, |plain, part| plain + part.split_once('m').unwrap().1);
        assert!(codes > 4, "{painted}");
        assert_eq!(plain, run("NO_COLOR"), "{line}");
    }
}

#[test]
fn shells_are_told_in_chinese_what_flags_and_commands_mean() {
    for (line, offered) in [
        ("check --stri", "--strict\t警告和提示也算作错误\n"),
        ("conv", "convert\t转换为 CSV、TSV、NDJSON、JSON、Markdown 或 Excel\n"),
        ("check -f sa", "sarif\tSARIF 2.1.0\n"),
        ("check --report li", "line=\t每个问题一行\n"),
    ] {
        let words = ["__complete"].into_iter().chain(line.split(' '));
        let ran = larkspect(words).env("LANG", "zh_CN.UTF-8").run().exits(0);
        assert!(ran.text().starts_with(offered), "{line}: {ran:?}");
    }
}
