//! Every form a capture takes: the files of `fixtures/captures/forms` hold the official example, each in its own
//! form, or something that is named in one sentence. A file gives the plain event, unless the table says something else.

use std::collections::BTreeMap;
use std::path::Path;

use crate::support::program::{self, Folder, Ran, root};

/// What comes of a file.
enum Comes {
    /// The same event as the plain one, to the last digit.
    Same,
    /// The same, with a finding of this code that says what the form is.
    SameWith(&'static str),
    /// The same; a note of this code may say what the form is.
    SameNoted(&'static str),
    /// The same but for a text that the form cannot hold, which is another in it, and with a finding of this code.
    Changed((&'static str, &'static str), &'static str),
    /// Another event, of this type.
    Type(&'static str),
    /// No event, and nothing wrong.
    Nothing,
    /// No event, and this code with these words.
    Named(&'static str, &'static str),
}

use Comes::{Changed, Named, Nothing, Same, SameNoted, SameWith, Type};

const OTHERS: &[(&str, Comes)] = &[
    ("api-response.json", Named("not-an-event", "an API response")),
    ("approval-v4.json", Type("approval.approval.updated_v4")),
    ("bodies.tar", Named("not-an-event", "a tar archive")),
    ("card-old.json", Type("card.action.trigger_v1")),
    ("card-sent.json", Named("not-an-event", "a message card that an app sends")),
    ("challenge-encrypted.json", Nothing),
    ("challenge-in-envelope.json", Named("undocumented-challenge", "not documented")),
    ("challenge.json", Nothing),
    ("cli-compact.ndjson", Named("reshaped-capture", "own `type` is overwritten")),
    ("cli-v1.ndjson", Named("reshaped-capture", "uuid, ts and token are gone")),
    ("coloured.log", SameWith("reshaped-capture")),
    ("commented.json", SameWith("reshaped-capture")),
    ("csharp.txt", SameNoted("reshaped-capture")),
    ("curl-no-body.txt", Named("reshaped-capture", "curl does not print what it sends")),
    ("curl-trace-ascii.txt", Named("reshaped-capture", "which bytes stood where it shows dots")),
    ("curl-trace.txt", SameWith("reshaped-capture")),
    ("event.yaml", Named("not-an-event", "YAML")),
    ("flat.json", Type("im.message.receive_v1")),
    ("go-map.log", Changed(("ByteDance Inc", "Office-5G"), "reshaped-capture")),
    ("go-struct.txt", Named("reshaped-capture", "a pointer of Go")),
    ("hexdump.txt", SameWith("reshaped-capture")),
    ("inside.json", Named("not-an-event", "the inside of attendance.user_flow.created_v1")),
    ("java-literal.txt", SameNoted("reshaped-capture")),
    ("java-map.log", SameWith("reshaped-capture")),
    ("mongo.txt", SameNoted("reshaped-capture")),
    ("node-cut.txt", Named("reshaped-capture", "parts were left out")),
    ("node-inspect.txt", SameWith("reshaped-capture")),
    ("node-merged-v1.json", Named("reshaped-capture", "overwritten by \"event_callback\"")),
    ("node-merged.json", SameWith("reshaped-capture")),
    ("od.txt", Named("reshaped-capture", "a dump of bytes as characters")),
    ("packets.txt", Named("reshaped-capture", "a dump of packets")),
    ("page.html", Named("not-an-event", "a web page")),
    ("php-dump.txt", SameWith("reshaped-capture")),
    ("php-export.txt", SameWith("reshaped-capture")),
    ("preview.json", Type("url.preview.get")),
    ("python-dict.log", SameWith("reshaped-capture")),
    ("python-dict.txt", SameWith("reshaped-capture")),
    ("python-pprint.txt", SameWith("reshaped-capture")),
    ("ruby.log", SameWith("reshaped-capture")),
    ("rust-debug.log", SameWith("reshaped-capture")),
    ("sdk-reply.json", Named("not-an-event", "an SDK's reply")),
    ("table.csv", Named("not-an-event", "a table")),
    ("v1-encrypted.json", Type("out_approval")),
    ("v1.json", Type("out_approval")),
    ("wsgi.log", SameNoted("reshaped-capture")),
    ("xxd.txt", SameWith("reshaped-capture")),
];

/// The files whose requests carry a signature that is right.
const SIGNED: &[&str] = &[
    "api-gateway.json",
    "archive.har",
    "aws-lambda.json",
    "collection.json",
    "curl-trace.txt",
    "curl.txt",
    "express.json",
    "go-sdk.log",
    "headers-before-body.log",
    "http-chunked.http",
    "http-encrypted.http",
    "http-lf-response.http",
    "http.http",
    "java-sdk.log",
    "mitmproxy.json",
    "nginx-json.log",
    "python-access.log",
    "twice-wrapped.json",
    "webhook-site.json",
    "wsgi.log",
    "xxd.txt",
];

const FOLDER: &str = "fixtures/captures/forms";

/// Runs a command over a file, one of the forms or another, with this key.
fn larkspect(key: &str, args: &[&str], name: &str) -> Ran {
    let path = Path::new(FOLDER).join(name);
    program::larkspect(args).args(&[path]).env("LARKSPECT_ENCRYPT_KEY", key).run()
}

/// The files, and what comes of each.
fn forms() -> BTreeMap<String, &'static Comes> {
    let files = std::fs::read_dir(root().join(FOLDER)).unwrap().map(|entry| entry.unwrap().file_name());
    let comes =
        |name: &str| OTHERS.iter().find(|(other, _)| *other == name).map_or(&Same, |(_, comes)| comes);
    files.map(|name| name.into_string().unwrap()).map(|name| (name.clone(), comes(&name))).collect()
}

#[test]
fn the_table_is_about_files_that_are_there() {
    let forms = forms();
    assert!(forms.len() > OTHERS.len());
    for (name, _) in OTHERS {
        assert!(forms.contains_key(*name), "{name}");
    }
}

#[test]
fn each_form_gives_the_event_or_is_named() {
    let convert = |name: &str| larkspect("test key", &["convert", "-t", "ndjson", "--show-secrets"], name);
    let plain = convert("plain.json");
    let plain = plain.text();
    assert!(plain.contains("\"record_id\":\"6938012269578125316\"") && plain.lines().count() == 1);
    let mut wrong = Vec::new();
    for (name, comes) in &forms() {
        let converted = convert(name);
        let checked = larkspect("test key", &["check", "--no-config", "-f", "line"], name);
        let (rows, said) = (converted.text(), checked.text());
        let noted = |code: &str| said.contains(&format!("note[{code}]")) && said.lines().count() == 1;
        let named = |code: &str| said.contains(&format!("[{code}]")) && said.lines().count() == 1;
        let fits = match comes {
            Same => rows == plain && said.is_empty() && checked.code == 0,
            SameWith(code) => rows == plain && noted(code) && checked.code == 0,
            SameNoted(code) => rows == plain && (said.is_empty() || noted(code)) && checked.code == 0,
            Changed((from, to), code) => {
                rows == plain.replace(from, to) && rows != plain && noted(code) && checked.code == 0
            }
            Type(kind) => {
                let ran = larkspect("test key", &["show"], name);
                rows.lines().count() == 1 && checked.code == 0 && ran.text().contains(kind)
            }
            Nothing => rows.is_empty() && said.is_empty(),
            Named(code, words) => rows.is_empty() && named(code) && said.contains(words),
        };
        if !fits {
            let short = |text: &str| {
                text.lines().take(3).map(|line| format!("\n    {line:.300}")).collect::<String>()
            };
            let (count, exit) = (rows.lines().count(), checked.code);
            wrong.push(format!(
                "{name}: {count} rows, check exits with {exit}{}{}",
                short(rows),
                short(said)
            ));
        }
    }
    assert!(wrong.is_empty(), "{} forms do not hold:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn signatures_are_kept_with_their_bodies() {
    let mut wrong = Vec::new();
    for name in SIGNED {
        let [right, another, none] =
            ["test key", "another key", ""].map(|key| larkspect(key, &["verify"], name));
        if right.code != 0 || !right.text().contains(": ok: SHA-256") {
            wrong.push(format!("{name} with the key: {right:?}"));
        }
        if another.code != 1 || another.text().contains(": ok") {
            wrong.push(format!("{name} with another key: {another:?}"));
        }
        if none.code != 1 || !none.text().contains("not checkable") {
            wrong.push(format!("{name} without a key: {none:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn without_the_key_nothing_encrypted_is_called_right() {
    for (name, comes) in &forms() {
        let file = std::fs::read_to_string(root().join(FOLDER).join(name)).unwrap();
        let sealed =
            file.contains("\"encrypt\"") || file.contains("\\\"encrypt\\\"") || name == "aws-lambda.json";
        if !sealed || !matches!(comes, Same | SameNoted(_) | Type(_) | Nothing) {
            continue;
        }
        for (key, code) in [("", "encrypted-without-key"), ("another key", "decryption-failed")] {
            let checked = larkspect(key, &["check", "--no-config", "-f", "line"], name);
            let said = checked.text();
            assert!(said.contains(code) && checked.code == 1, "{name}: {said}");
        }
    }
}

#[test]
fn decrypt_writes_events_as_they_are() {
    let plain = std::fs::read(root().join(FOLDER).join("plain.json")).unwrap();
    for name in ["encrypted.json", "http-encrypted.http", "archive.har", "go-sdk.log"] {
        let out = larkspect("test key", &["decrypt"], name);
        assert_eq!((&*out.out, out.code), (&*plain, 0), "{name}");
    }
    let out = larkspect("another key", &["decrypt"], "encrypted.json");
    assert_eq!((out.code, out.out.len()), (1, 0));
    assert!(!out.err.contains("another key"));
    assert_eq!(larkspect("", &["decrypt"], "encrypted.json").code, 2);
}

#[test]
fn verify_finds_replays_tokens_and_late_requests() {
    let folder = Folder::new();
    let request = std::fs::read_to_string(root().join(FOLDER).join("api-gateway.json")).unwrap();
    let file = folder.file("twice.ndjson", request.repeat(2));
    let tokens = folder.file("tokens", "another token\n");
    let (file, tokens) = (file.to_str().unwrap(), tokens.to_str().unwrap());
    let codes = |args: &[&str]| {
        let args = [&["verify", "-f", "ndjson"], args].concat();
        let ran = larkspect("test key", &args, file);
        let row = |row: &str| serde_json::from_str::<serde_json::Value>(row).unwrap()["codes"].to_string();
        (ran.text().lines().map(row).collect::<Vec<_>>(), ran.code)
    };
    let again = r#"["replayed-request"]"#.to_owned();
    let both = (vec!["[]".to_owned(), again], 1);
    assert_eq!(codes(&[]), both);
    assert_eq!(codes(&["--max-skew", "60"]), both);
    let late = codes(&["--max-skew", "0", "--token-file", tokens]);
    assert_eq!(late.0[0], r#"["token-mismatch","stale-request"]"#);
}
