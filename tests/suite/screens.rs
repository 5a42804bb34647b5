//! What people see in a terminal, as it was looked at: in Chinese and English at 80 columns, some painted, and the card and
//! the table at other widths. Each comes from a real pseudo-terminal and stands in `fixtures/screens/`.
//! `BLESS=1 cargo test --test suite screens` rewrites them; look at the difference before you keep it.

use std::fs;
use std::path::Path;

use larkspect::terminal::sanitize::width;

use crate::support::program::{Folder, larkspect, larkspect_in, root, steady};
use crate::support::terminal::{Terminal, run_on};

/// A screen.
struct Screen {
    /// The name of its file.
    name: &'static str,
    /// What is typed after the name of the program.
    args: &'static [&'static str],
    /// Columns besides 80.
    widths: &'static [u16],
    /// Whether it is looked at in colour too.
    painted: bool,
}

const fn screen(name: &'static str, args: &'static [&'static str]) -> Screen {
    Screen { name, args, widths: &[], painted: false }
}

const OTHER_WIDTHS: &[u16] = &[40, 120, 200];

const SCREENS: &[Screen] = &[
    Screen {
        widths: OTHER_WIDTHS,
        painted: true,
        ..screen("card", &["fixtures/attendance.user_flow.created_v1/official.json"])
    },
    Screen { widths: OTHER_WIDTHS, painted: true, ..screen("table", &["fixtures/captures/shift.ndjson"]) },
    screen("table-mixed", &["day.ndjson", "-n", "12", "--event", "im.*,approval*,attendance.*,contact.*"]),
    Screen {
        painted: true,
        ..screen(
            "check",
            &[
                "check",
                "fixtures/captures/shift.ndjson",
                "fixtures/rules/timestamp-unit.json",
                "fixtures/rules/unknown-choice.json",
                "fixtures/rules/unknown-field.json",
            ],
        )
    },
    Screen { painted: true, ..screen("summary", &["summary", "punches.ndjson"]) },
    Screen { widths: &[40, 60], ..screen("summary-mixed", &["summary", "day.ndjson"]) },
    screen("summary-by", &["summary", "--by", "employee_id,day", "fixtures/captures/shift.ndjson"]),
    Screen {
        widths: &[40],
        ..screen(
            "summary-by-place",
            &["summary", "--by", "employee_id,location_name", "fixtures/captures/shift.ndjson"],
        )
    },
    screen("explain-rule", &["explain", "timestamp-unit"]),
    screen("explain-field", &["explain", "risk_result"]),
    screen("schema", &["schema", "attendance.user_flow.created_v1"]),
    screen("verify", &["verify", "fixtures/captures/forms/http-encrypted.http"]),
    screen("refused", &["--where", "type=attendence machine", "fixtures/captures/shift.ndjson"]),
    screen("help", &["check", "-h"]),
    screen("mistyped", &["convert", "--colums", "type", "fixtures/captures/shift.ndjson"]),
    screen("nothing", &["--columns", "chek_time", "fixtures/captures/shift.ndjson"]),
];

/// What the lines read besides the fixtures.
const SAMPLES: &[(&str, &[&str])] = &[
    ("punches.ndjson", &["--days", "5", "--employees", "60", "--seed", "3"]),
    ("day.ndjson", &["--mix", "--count", "400", "--seed", "3"]),
];

/// What stands on a terminal of so many columns.
fn shown(folder: &Path, args: &[&str], columns: u16, lang: &str, color: &str) -> String {
    let look = ["--lang", lang, "--color", color, "--tz", "+08:00"];
    // A dumb terminal is told nothing of how far reading is, and rows are enough for everything: nothing is paged, and no
    // head comes again.
    let program = larkspect_in(folder, args.iter().chain(&look)).env("TERM", "dumb");
    let ran = run_on(Terminal::new(columns, 500), program);
    steady(ran.text(), "0.4")
}

#[test]
fn the_screens_are_as_they_were_looked_at() {
    let folder = Folder::new();
    std::os::unix::fs::symlink(root().join("fixtures"), folder.path().join("fixtures")).unwrap();
    for (name, args) in SAMPLES {
        let sampled = larkspect(["sample"]).args(args).run().exits(0);
        folder.file(name, sampled.out);
    }
    let at = root().join("fixtures/screens");
    let mut wrong = Vec::new();
    let (mut known, mut wide) = (Vec::new(), Vec::new());
    for Screen { name, args, widths, painted } in SCREENS {
        let mut looks = vec![(80, "en", "never"), (80, "zh", "never")];
        looks.extend(widths.iter().map(|width| (*width, "zh", "never")));
        looks.extend(painted.then_some((80, "zh", "always")));
        for (columns, lang, color) in looks {
            let kind = if color == "always" { "-painted" } else { "" };
            let path = at.join(format!("{name}-{columns}-{lang}{kind}.txt"));
            let screen = shown(folder.path(), args, columns, lang, color);
            if color == "never" {
                for line in screen.lines().filter(|line| width(line) > usize::from(columns)) {
                    wide.push(format!("{}: {line}", path.display()));
                }
                assert!(!screen.contains('\u{1b}'), "{}: {screen}", path.display());
            }
            if std::env::var_os("BLESS").is_some() {
                fs::create_dir_all(&at).unwrap();
                fs::write(&path, &screen).unwrap();
            }
            if fs::read_to_string(&path).unwrap_or_default() != screen {
                wrong.push(format!("{}:\n{screen}", path.display()));
            }
            known.push(path);
        }
    }
    let stale: Vec<_> = fs::read_dir(&at)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| !known.contains(path))
        .collect();
    assert!(stale.is_empty(), "no screen is called so: {stale:?}");
    assert!(wide.is_empty(), "wider than the terminal:\n{}", wide.join("\n"));
    assert!(wrong.is_empty(), "BLESS=1 cargo test --test suite screens rewrites them\n{}", wrong.join("\n"));
}
