//! README, CONTRIBUTING and `docs/` say what the program does: their console blocks are run, their generated parts are
//! generated again. `BLESS=1 cargo test --test suite readme` rewrites them; read the difference before you keep it.
//! `README.zh-CN.md` says the same as `README.md`, with what the program says in Chinese.

use std::collections::BTreeSet;
use std::path::Path;
use std::process::Command;

use larkspect::cli::Exit;
use larkspect::lang::Lang;

use crate::support::documents::documents;
use crate::support::program::{finish, root, search_path, steady};

/// The language of a document.
fn lang_of(path: &Path) -> Lang {
    if path.to_string_lossy().ends_with(".zh-CN.md") { Lang::Zh } else { Lang::En }
}

/// What a shell prints for a command in the repository, in the locale of a language: standard output before standard
/// error, without blanks at the ends of lines.
fn output_of(command: &str, lang: Lang) -> String {
    let mut shell = Command::new("sh");
    shell
        .args(["-c", &command.replace("cargo run --release --", "larkspect")])
        .current_dir(root())
        .env_clear();
    let locale = match lang {
        Lang::Zh => "zh_CN.UTF-8",
        Lang::En => "C.UTF-8",
    };
    shell.env("PATH", search_path()).env("TZ", "UTC").env("LANG", locale).env("COLUMNS", "100");
    let ran = finish(&mut shell, Vec::new());
    let said = steady(&(ran.text().to_owned() + &ran.err), "0.4");
    said.lines().map(|line| line.trim_end().to_owned() + "\n").collect()
}

/// The event types that are documented, or those that only the SDKs know.
fn types(sdk_only: bool) -> String {
    let events = larkspect::catalog::EVENTS.iter().filter(|event| event.sdk_only == sdk_only);
    let rows =
        events.map(|event| format!("| `{}` | {} | {} |\n", event.name, event.title.zh, event.title.en));
    format!("| event type | 名称 | title |\n|---|---|---|\n{}", rows.collect::<String>())
}

/// The text that belongs between the markers of a generated part.
fn generated(name: &str, lang: Lang) -> String {
    let fields = |event: &str| output_of(&format!("larkspect schema {event} --format markdown"), lang);
    match name {
        "rules" => output_of("larkspect explain --format markdown", lang),
        "fields" => {
            let events = larkspect::catalog::EVENTS;
            let punches = events.iter().filter(|event| event.name.starts_with("attendance."));
            punches.map(|event| fields(event.name)).collect::<Vec<_>>().join("\n")
        }
        "types" => types(false),
        "sdk-types" => types(true),
        "help" => {
            let help = output_of("larkspect --help", lang);
            let commands = help.split("\n\n").find(|part| part.contains("\n  show "));
            format!("```text\n{}\n```\n", commands.expect("a list of commands"))
        }
        "exit-codes" => {
            let rows =
                Exit::ALL.map(|(exit, meaning)| format!("| {} | {} |\n", exit as u8, meaning.text(lang)));
            let head = match lang {
                Lang::Zh => "| 退出码 | 含义 |",
                Lang::En => "| code | meaning |",
            };
            format!("{head}\n|---|---|\n{}", rows.concat())
        }
        other => panic!("nothing generates {other}"),
    }
}

/// The document as it should be.
fn renewed(document: &str, lang: Lang) -> String {
    let mut out = String::new();
    let mut lines = document.lines();
    while let Some(line) = lines.next() {
        out.push_str(line);
        out.push('\n');
        if line == "```console" {
            let block: Vec<&str> = lines.by_ref().take_while(|line| *line != "```").collect();
            for command in block.iter().filter(|line| line.starts_with("$ ")) {
                out.push_str(&format!("{command}\n{}", output_of(&command[2..], lang)));
            }
            out.push_str("```\n");
        } else if let Some(name) =
            line.strip_prefix("<!-- generated: ").and_then(|rest| rest.strip_suffix(" -->"))
        {
            lines.by_ref().find(|line| *line == "<!-- end -->").expect("a generated part ends");
            out.push_str(&format!("\n{}\n<!-- end -->\n", generated(name, lang).trim_end()));
        }
    }
    out
}

#[test]
fn the_documents_are_true() {
    for (path, document) in documents() {
        let (path, renewed) = (path.display(), renewed(&document, lang_of(&path)));
        if std::env::var_os("BLESS").is_some() {
            std::fs::write(format!("{}/{path}", env!("CARGO_MANIFEST_DIR")), renewed).unwrap();
            continue;
        }
        for (at, (is, should)) in document.lines().zip(renewed.lines()).enumerate() {
            assert_eq!(is, should, "{path}:{}; BLESS=1 cargo test --test suite readme rewrites it", at + 1);
        }
        assert_eq!(document.lines().count(), renewed.lines().count(), "the end of {path}");
    }
}

/// What a section has that does not depend on the language.
#[derive(Default)]
struct Section {
    heading: String,
    level: usize,
    /// In their order: fenced blocks, each with what is typed in it, and what is generated.
    blocks: Vec<String>,
    prose: String,
    /// What is linked to. A set, for a sentence has another order in another language.
    links: BTreeSet<String>,
    /// The sections of the same document that are linked to, by their place.
    targets: BTreeSet<usize>,
    /// Flags, names and values that the prose mentions.
    code: BTreeSet<String>,
}

/// Labels that are typed in commands, in the other language.
const TYPED: &[(&str, &str)] = &[("迟到", "late")];

/// What is typed or compiled of a line in a block of this language, without what is said in a human one.
fn typed(language: &str, line: &str) -> Option<String> {
    let (code, comment) = match language {
        "console" => (line.strip_prefix("$ ")?, " # "),
        "sh" => (line, " # "),
        "rust" => (line, " // "),
        _ => return None,
    };
    let code =
        code.split(comment).next().unwrap_or_default().replace(" --lang zh", "").replace(" --lang en", "");
    Some(TYPED.iter().fold(code.trim_end().to_owned(), |code, (zh, en)| code.replace(zh, en)))
}

/// The address of a heading in a link, as GitHub makes it.
fn anchor(heading: &str) -> String {
    let title = heading.trim_start_matches('#').trim_start();
    let kept = title.chars().filter(|c| c.is_alphanumeric() || " -_".contains(*c));
    format!("#{}", kept.collect::<String>().to_lowercase().replace(' ', "-"))
}

/// The sections of a document, the first without a heading.
fn sections(document: &str) -> Vec<Section> {
    let mut sections = vec![Section::default()];
    let mut lines = document.lines();
    while let Some(line) = lines.next() {
        let section = sections.last_mut().expect("there is the first");
        let level = line.chars().take_while(|c| *c == '#').count();
        if let Some(language) = line.strip_prefix("```") {
            let lines = lines.by_ref().take_while(|line| *line != "```");
            let lines: Vec<_> = lines.filter_map(|line| typed(language, line)).collect();
            section.blocks.push(format!("{line}\n{}", lines.join("\n")));
        } else if line.starts_with("<!-- ") {
            section.blocks.push(line.to_owned());
        } else if level > 0 {
            sections.push(Section { heading: line.to_owned(), level, ..Section::default() });
        } else {
            section.prose += line;
            section.prose.push(' ');
        }
    }
    let anchors: Vec<String> = sections.iter().map(|section| anchor(&section.heading)).collect();
    for section in &mut sections {
        let links = section.prose.split("](").skip(1).filter_map(|link| Some(link.split_once(')')?.0));
        for link in links {
            match anchors.iter().position(|anchor| anchor == link) {
                Some(at) => section.targets.insert(at),
                None => section.links.insert(link.to_owned()),
            };
        }
        section.code = section.prose.split('`').skip(1).step_by(2).map(str::to_owned).collect();
    }
    sections
}

/// What is in one of two and not in the other.
fn difference(of: &str, one: &BTreeSet<String>, other: &BTreeSet<String>) -> Option<String> {
    let only = |a: &BTreeSet<String>, b| a.difference(b).cloned().collect::<Vec<_>>();
    (one != other).then(|| {
        format!("{of}: the first alone has {:?}, the second {:?}", only(one, other), only(other, one))
    })
}

/// Where a translation first leaves its original.
fn parting(original: &str, translation: &str) -> Option<String> {
    let (originals, translations) = (sections(original), sections(translation));
    let differ = |(one, other): (&Section, &Section)| {
        let what = if one.level != other.level {
            "another level".to_owned()
        } else if one.blocks != other.blocks {
            format!("blocks and commands:\n{:#?}\n{:#?}", one.blocks, other.blocks)
        } else {
            difference("links", &one.links, &other.links)
                .or_else(|| difference("code", &one.code, &other.code))?
        };
        Some(format!("`{}` and `{}` differ; {what}", one.heading, other.heading))
    };
    let alone = || {
        let shorter = originals.len().min(translations.len());
        let more = originals.get(shorter).or(translations.get(shorter))?;
        Some(format!("`{}` is in one alone", more.heading))
    };
    let pairs = || originals.iter().zip(&translations);
    // Places mean the same only where all sections are there.
    let elsewhere = || {
        let (one, other) = pairs().find(|(one, other)| one.targets != other.targets)?;
        Some(format!("`{}` and `{}` link to different sections", one.heading, other.heading))
    };
    pairs().find_map(differ).or_else(alone).or_else(elsewhere)
}

#[test]
fn the_chinese_readme_says_the_same() {
    let named = |name: &str| documents().into_iter().find(|(path, _)| path == Path::new(name)).expect(name).1;
    let (en, zh) = (named("README.md"), named("README.zh-CN.md"));
    // Each links to the other.
    let zh = zh.replacen("](README.md)", "](README.zh-CN.md)", 1);
    if let Some(parting) = parting(&en, &zh) {
        panic!("README.md and README.zh-CN.md are not in step: {parting}");
    }
}

#[test]
fn a_translation_that_leaves_its_original_is_told_where() {
    let original =
        "# A\n\nSee [B](#b) and `-x`.\n\n## B\n\n```sh\nls late   # all\n```\n\n### C\n\n[d](docs/ci.md)\n";
    let translation =
        "# 甲\n\n`-x`，见[乙](#乙)。\n\n## 乙\n\n```sh\nls 迟到 # 全部\n```\n\n### 丙\n\n[丁](docs/ci.md)\n";
    assert_eq!(parting(original, translation), None);
    for (from, to, told) in [
        ("## 乙\n", "## 新\n\n## 乙\n", "`## B` and `## 新` differ; blocks"),
        ("### 丙\n", "", "`## B` and `## 乙` differ; links"),
        ("### 丙\n\n[丁](docs/ci.md)\n", "", "`### C` is in one alone"),
        ("### 丙", "## 丙", "`### C` and `## 丙` differ; another level"),
        ("ls", "ls -l", "`## B` and `## 乙` differ; blocks"),
        ("ci.md", "faq.md", "`### C` and `### 丙` differ; links"),
        ("#乙", "#丙", "`# A` and `# 甲` link to different sections"),
        ("`-x`", "-x", "`# A` and `# 甲` differ; code"),
        ("### 丙", "### 新\n\n### 丙", "`### C` and `### 新` differ; links"),
    ] {
        let spoiled = translation.replace(from, to);
        assert_ne!(spoiled, translation, "{from} is gone");
        let parting = parting(original, &spoiled).expect(told);
        assert!(parting.starts_with(told), "{parting}");
    }
}
