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
    /// Another event, of this type.
    Type(&'static str),
    /// No event, and nothing wrong.
    Nothing,
    /// No event, and this code with these words.
    Named(&'static str, &'static str),
}

use Comes::{Named, Nothing, Same, SameWith, Type};

const OTHERS: &[(&str, Comes)] = &[
    ("api-response.json", Named("not-an-event", "an API response")),
    ("approval-v4.json", Type("approval.approval.updated_v4")),
    ("bodies.tar", Named("not-an-event", "a tar archive")),
    ("card-old.json", Type("card.action.trigger_v1")),
    ("challenge-encrypted.json", Nothing),
    ("challenge-in-envelope.json", Named("undocumented-challenge", "not documented")),
    ("challenge.json", Nothing),
    ("cli-compact.ndjson", Named("reshaped-capture", "own `type` is overwritten")),
    ("cli-v1.ndjson", Named("reshaped-capture", "uuid, ts and token are gone")),
    ("commented.json", SameWith("reshaped-capture")),
    ("curl-no-body.txt", Named("reshaped-capture", "curl does not print what it sends")),
    ("curl-trace-ascii.txt", Named("reshaped-capture", "which bytes stood where it shows dots")),
    ("curl-trace.txt", SameWith("reshaped-capture")),
    ("event.yaml", Named("not-an-event", "YAML")),
    ("go-struct.txt", Named("not-an-event", "a Go struct dump")),
    ("hexdump.txt", SameWith("reshaped-capture")),
    ("inside.json", Named("not-an-event", "the inside of an event")),
    ("nginx-escaped.txt", SameWith("reshaped-capture")),
    ("node-cut.txt", Named("reshaped-capture", "what Node left out")),
    ("node-inspect.txt", SameWith("reshaped-capture")),
    ("node-merged-v1.json", Named("reshaped-capture", "overwritten by \"event_callback\"")),
    ("node-merged.json", SameWith("reshaped-capture")),
    ("od.txt", Named("reshaped-capture", "a dump of bytes as characters")),
    ("packets.txt", Named("reshaped-capture", "a dump of packets")),
    ("page.html", Named("not-an-event", "a web page")),
    ("preview.json", Type("url.preview.get")),
    ("python-dict.log", SameWith("reshaped-capture")),
    ("python-dict.txt", SameWith("reshaped-capture")),
    ("python-pprint.txt", SameWith("reshaped-capture")),
    ("sdk-reply.json", Named("not-an-event", "an SDK's reply")),
    ("table.csv", Named("not-an-event", "a table")),
    ("v1-encrypted.json", Type("out_approval")),
    ("v1.json", Type("out_approval")),
    ("xxd.txt", SameWith("reshaped-capture")),
];

/// The files whose requests carry a signature that is right.
const SIGNED: &[&str] = &[
    "api-gateway.json",
    "archive.har",
    "aws-lambda.json",
    "curl-trace.txt",
    "curl.txt",
    "express.json",
    "go-sdk.log",
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
    for (name, comes) in &forms() {
        let converted = convert(name);
        let checked = larkspect("test key", &["check", "--no-config", "-f", "line"], name);
        let (rows, said) = (converted.text(), checked.text());
        let why = format!("{name}: {rows}{}{said}", converted.err);
        match comes {
            Same => assert!(rows == plain && said.is_empty() && checked.code == 0, "{why}"),
            SameWith(code) => {
                assert!(rows == plain && said.contains(&format!("note[{code}]")), "{why}");
                assert!(said.lines().count() == 1 && checked.code == 0, "{why}");
            }
            Type(kind) => {
                assert_eq!(rows.lines().count(), 1, "{why}");
                assert!(checked.code == 0, "{why}");
                let ran = larkspect("test key", &["show"], name);
                let shown = ran.text();
                assert!(shown.contains(kind), "{why}{shown}");
            }
            Nothing => assert!(rows.is_empty() && said.is_empty(), "{why}"),
            Named(code, words) => {
                assert!(rows.is_empty() && said.contains(&format!("[{code}]")), "{why}");
                assert!(said.contains(words) && said.lines().count() == 1, "{why}");
            }
        }
    }
}

#[test]
fn signatures_are_kept_with_their_bodies() {
    for name in SIGNED {
        let right = larkspect("test key", &["verify"], name);
        let said = right.text();
        assert!(right.code == 0 && said.contains(": ok: SHA-256"), "{name}: {said}{}", right.err);
        let wrong = larkspect("another key", &["verify"], name);
        assert_eq!(wrong.code, 1, "{name}");
        assert!(!wrong.text().contains(": ok"), "{name}");
        let none = larkspect("", &["verify"], name);
        assert_eq!(none.code, 1, "{name}");
        assert!(none.text().contains("not checkable"), "{name}: {}", none.text());
    }
}

#[test]
fn without_the_key_nothing_encrypted_is_called_right() {
    for (name, comes) in &forms() {
        let file = std::fs::read_to_string(root().join(FOLDER).join(name)).unwrap();
        let sealed =
            file.contains("\"encrypt\"") || file.contains("\\\"encrypt\\\"") || name == "aws-lambda.json";
        if !sealed || !matches!(comes, Same | Type(_) | Nothing) {
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
