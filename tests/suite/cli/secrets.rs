//! Credentials: under every key, in every container, through every command and format. Nobody sees them who has not
//! asked for them.

use std::fs;
use std::path::PathBuf;

use crate::support::program::{Folder, larkspect, line};

/// Keys of credentials, in the spellings of headers, environments, languages and APIs.
const KEYS: &[&str] = &[
    "token",
    "Token",
    "tokens",
    "verification_token",
    "verificationToken",
    "tenant_access_token",
    "userAccessToken",
    "app-access-token",
    "refresh_token",
    "X-Refresh-Token",
    "preview_token",
    "app_ticket",
    "app_secret",
    "appSecret",
    "AppSecret",
    "APP-SECRET",
    "client_secret",
    "secret",
    "encrypt_key",
    "encryptKey",
    "api_key",
    "apikey",
    "password",
    "passwd",
    "pwd",
    "private_key",
    "Authorization",
    "proxy-authorization",
    "cookie",
    "Set-Cookie",
    "JSESSIONID",
    "X-Lark-Signature",
    "x_lark_signature",
    "HTTP_X_LARK_SIGNATURE",
    "signature",
    "bearer",
];

/// Those that are put into every container; the others take turns.
const EVERYWHERE: &[&str] = &["token", "app_secret", "Authorization", "cookie", "X-Lark-Signature"];

/// Where a key and its value stand. `KEY`, `VALUE` and `SAME` are filled in: `SAME` is the value in a place of which
/// nothing says that it is a secret, `BARE` the value without the scheme of a header, `HEADER` the header of an event, `PUNCH` the fields of a punch.
const CONTAINERS: &[(&str, &str)] = &[
    (
        "plain.json",
        r#"{"schema":"2.0",HEADER,"event":{"KEY":"VALUE","list":[{"KEY":"VALUE"}],"note":"it is SAME"}}"#,
    ),
    (
        "twice.json",
        r#"{"schema":"2.0",HEADER,"event":{"KEY":"VALUE","KEY":"VALUE","note":"SAME","note":"it is SAME"}}"#,
    ),
    (
        "known.json",
        r#"{"schema":"2.0",PUNCH,"KEY":"VALUE","type":"SAME","comment":"it is SAME","ssid":7,"bssid":"SAME"}}"#,
    ),
    (
        "values.json",
        r#"{"schema":"2.0",PUNCH,"KEY":["VALUE",{"a":"VALUE","b":["VALUE"]}],"photo_urls":["SAME"],"type":9}}"#,
    ),
    ("sound.json", r#"{"schema":"2.0",PUNCH,"KEY":"VALUE","type":0,"comment":"it is SAME","ssid":"SAME"}}"#),
    (
        "type.json",
        r#"{"schema":"2.0","header":{"event_type":"SAME","event_id":"SAME","KEY":"VALUE"},"event":{}}"#,
    ),
    ("pretty.json", "{\n \"schema\": \"2.0\",\n HEADER,\n \"event\": {\n  \"KEY\":\n   \"VALUE\" x\n }\n}"),
    ("line-after.json", "{\n \"schema\": \"2.0\",\n PUNCH,\n \"KEY\":\n  \"VALUE\", \"type\": 9\n }\n}"),
    ("broken.json", r#"{"schema":"2.0",HEADER,"event":{"note":"SAME","KEY":"VALUE" x}}"#),
    ("cut.json", r#"{"schema":"2.0",HEADER,"event":{"note":"SAME","KEY":"VALUE"#),
    ("unclosed.json", "{\"schema\":\"2.0\",HEADER,\"event\":{\"KEY\":\"VALUE\n,\"a\":1}}"),
    ("no-colon.json", r#"{"schema":"2.0",HEADER,"event":{"KEY" "VALUE"}}"#),
    ("no-quotes.json", r#"{"schema":"2.0",HEADER,"event":{"KEY": VALUE}}"#),
    ("full-width.json", r#"{"schema":"2.0",HEADER,"event":{"KEY"："VALUE"}}"#),
    (
        "escaped-key.json",
        r#"{"schema":"2.0",HEADER,"event":{"ESCAPED":"VALUE","ESCAPED":"VALUE","note":"SAME"} x}"#,
    ),
    ("number.json", r#"{"schema":"2.0",HEADER,"event":{"a":"b"},"KEY":{"KEY":["VALUE"]},"KEY":1}"#),
    ("wrong-type.json", r#"{"schema":"2.0","header":"{\"KEY\":\"VALUE\"}","event":{"note":"SAME"}}"#),
    (
        "string.json",
        r#"{"schema":"2.0",HEADER,"event":{"content":"{\"KEY\":\"VALUE\"}","content":"{\"KEY\":\"VALUE\"}"}}"#,
    ),
    (
        "v1.json",
        r#"{"uuid":"1","type":"event_callback","ts":"1.5","token":"t","event":{"type":"x","KEY":"VALUE","a":"SAME"}}"#,
    ),
    ("challenge.json", r#"{"challenge":"c","token":"t","type":"url_verification","KEY":"VALUE"}"#),
    ("inside.json", r#"{"KEY":"VALUE","employee_id":"1","check_time":"SAME","record_id":"SAME","type":0}"#),
    (
        "response.json",
        r#"{"code":0,"msg":"success","KEY":"VALUE","expire":7200,"data":{"KEY":"VALUE","note":"SAME"}}"#,
    ),
    (
        "array.json",
        r#"[{"schema":"2.0",HEADER,"event":{"KEY":"VALUE"}}, {"schema":"2.0",HEADER,"event":{"KEY":"VALUE"} x}]"#,
    ),
    (
        "request.http",
        "POST /e?KEY=BARE HTTP/1.1\r\nHost: x\r\nKEY: VALUE\r\n\r\n{\"schema\":\"2.0\",PUNCH,\"type\":9,\"comment\":\"it is SAME\"}}",
    ),
    ("bodiless.http", "POST /e?KEY=BARE HTTP/1.1\r\nKEY: VALUE\r\nHost: x\r\n\r\n{\"a\":\"SAME\"} x\r\n"),
    (
        "wrapper.json",
        r#"{"headers":{"KEY":"VALUE","Host":"x"},"body":"{\"schema\":\"2.0\",\"header\":{\"event_type\":\"x\"},\"event\":{\"KEY\":\"VALUE\"}}"}"#,
    ),
    (
        "no-body.json",
        r#"{"headers":{"KEY":"VALUE"},"multiValueHeaders":{"KEY":["VALUE"]},"rawHeaders":["KEY","VALUE"],"a":"SAME"}"#,
    ),
    (
        "archive.har",
        r#"{"log":{"entries":[{"request":{"method":"POST","url":"https://x/?KEY=VALUE","headers":[{"name":"KEY","value":"VALUE"}],"postData":{"text":"{\"schema\":\"2.0\",\"header\":{\"event_type\":\"x\",\"KEY\":\"VALUE\"},\"event\":{}}"}}}]}}"#,
    ),
    (
        "empty.har",
        r#"{"log":{"entries":[{"request":{"method":"GET","url":"https://x/","headers":[{"value":"VALUE","name":"KEY"},{"name":"KEY","value":"VALUE"}]}}]}}"#,
    ),
    (
        "cut.har",
        r#"{"log":{"entries":[{"request":{"method":"GET","headers":[{"name":"KEY","value":"VALUE"}, {"name" x"#,
    ),
    (
        "app.log",
        "2021-03-10 21:11:57 INFO KEY=VALUE body={\"schema\":\"2.0\",PUNCH,\"KEY\":\"VALUE\",\"type\":9}}\n",
    ),
    ("cut.log", "2021-03-10 21:11:57 INFO KEY: VALUE body={\"schema\":\"2.0\",PUNCH,\"KEY\":\"VALUE\",\n"),
    (
        "quoted.log",
        "INFO body=\"{\\\"schema\\\":\\\"2.0\\\",\\\"header\\\":{\\\"event_type\\\":\\\"x\\\",\\\"KEY\\\":\\\"VALUE\\\"},\\\"event\\\":{}} x\"\n",
    ),
    (
        "python.txt",
        "{'schema': '2.0', 'header': {'event_type': 'x', 'KEY': 'VALUE', 'event_id': 7}, 'event': {'KEY': 'VALUE', 'a': None}}",
    ),
    (
        "python-list.txt",
        "[('KEY', 'VALUE'), (b'KEY', b'VALUE')] {'schema': '2.0', 'header': {'KEY': 'VALUE'}, 'event': {} x}",
    ),
    ("go.txt", "&{Schema:2.0 Header:map[KEY:[VALUE]] KEY:VALUE Event:{KEY:VALUE Type:0}}"),
    (
        "node.txt",
        "{ schema: '2.0', header: { event_type: 'x', 'KEY': 'VALUE' }, event: { 'KEY': 'VALUE' } } x",
    ),
    (
        "curl.txt",
        "curl -H 'KEY: VALUE' -H \"KEY: VALUE\" https://x/?KEY=VALUE -d '{\"schema\":\"2.0\",\"header\":{\"KEY\":\"VALUE\"},\"event\":{}}'",
    ),
    (
        "verbose.txt",
        "> POST /e HTTP/1.1\n> KEY: VALUE\n> Host: x\n> \n{\"schema\":\"2.0\",PUNCH,\"KEY\":\"VALUE\",\"type\":9}}\n",
    ),
    ("event.yaml", "schema: \"2.0\"\nKEY: VALUE\nheader:\n  event_type: x\n  KEY: \"VALUE\"\n"),
];

const HEADER: &str = r#""header":{"event_id":"1","event_type":"a.thing.done_v1","create_time":"1615381917707","tenant_key":"t","app_id":"cli_a","token":"TOKEN"}"#;
const PUNCH: &str = r#""header":{"event_id":"1","event_type":"attendance.user_flow.created_v1","create_time":"1615381917707","tenant_key":"t","app_id":"cli_a","token":"TOKEN"},"event":{"employee_id":"1","check_time":"1615381916","record_id":"6938012269578125316","location_name":"TOKEN""#;

/// Ends every secret, so that one look finds them all.
const CANARY: &str = "Zq9xV";

/// What the user gives: where it stands in a payload, it stands in other places than a token or key would.
const GIVEN: &str = "a key of the user Zq9xV";

/// Files in which every key stands in every container; with their values elsewhere too, where they are long.
fn captures(folder: &Folder, long: bool) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for (at, key) in KEYS.iter().enumerate() {
        for (number, (name, text)) in CONTAINERS.iter().enumerate() {
            if !EVERYWHERE.contains(key) && (at + number) % 5 != 0 {
                continue;
            }
            let (value, token) = match long {
                true => (format!("v{at}-{number}-0aB-{CANARY}"), format!("t{at}-{number}-0aB-{CANARY}")),
                false => (CANARY.to_owned(), CANARY.to_owned()),
            };
            // A header has its scheme, a cookie its name.
            let value = match key.to_ascii_lowercase() {
                header if header.ends_with("authorization") && long => format!("Bearer {value}"),
                header if header.ends_with("cookie") && long => format!("a=b; sid={value}"),
                _ => value,
            };
            let bare = value.rsplit([' ', '=']).next().unwrap();
            let same = if long { bare } else { "no secret" };
            let escaped = format!("\\u{:04x}{}", u32::from(key.as_bytes()[0]), &key[1..]);
            let text = text.replace("HEADER", HEADER).replace("PUNCH", PUNCH);
            let text = match long {
                true => text.replace("TOKEN", &token),
                false => text
                    .replace("\"token\":\"TOKEN\"", &format!("\"token\":\"{token}\""))
                    .replace("TOKEN", "x"),
            };
            let text = text.replace("ESCAPED", &escaped);
            // Every other key of its file is the one that is filled in last.
            let text = text
                .replace("KEY", "\u{0}")
                .replace("VALUE", "\u{1}")
                .replace("SAME", same)
                .replace("BARE", bare);
            let text = text.replace('\u{0}', key).replace('\u{1}', &value);
            files.push(folder.file(format!("{at}/{name}"), text));
        }
    }
    files
}

#[track_caller]
fn assert_hidden(args: &[&str], stream: &str, text: &str) {
    if let Some(at) = text.find(CANARY) {
        let from = text.floor_char_boundary(at.saturating_sub(600));
        let to = text.ceil_char_boundary((at + 100).min(text.len()));
        panic!("{args:?}: a secret on {stream}:\n{}", &text[from..to]);
    }
}

#[test]
fn no_secret_is_seen_in_any_container_command_or_format() {
    let folder = Folder::new();
    for long in [true, false] {
        let files = captures(&folder, long);
        let reports = ["line", "json", "ndjson", "github", "gitlab", "junit", "sarif"];
        let reports = reports.map(|format| format!("{format}={}", folder.path().join(format).display()));
        let mut checks = vec!["check", "--strict", "-v"];
        reports.iter().for_each(|report| checks.extend(["--report", report]));
        let mut commands = vec![
            checks,
            vec!["show"],
            vec!["show", "--card"],
            vec!["show", "--card", "--raw"],
            vec!["show", "--card", "--lang", "zh"],
            vec!["show", "--table", "--wide"],
            vec!["show", "--table", "--raw"],
            vec!["show", "--columns", "token,comment,ssid,type,event_id"],
            vec!["verify"],
            vec!["verify", "-f", "json"],
        ];
        // An export leaves out what stands under a key of a credential; what people wrote is data.
        let exports: &[&[&str]] = &[
            &["--event", "a.thing.done_v1"],
            &["--event", "attendance.user_flow.created_v1", "--extra"],
            &["--event", "attendance.user_task.updated_v1", "--extra", "--explode", "status_changes"],
        ];
        for export in exports {
            for format in ["csv", "tsv", "json", "ndjson"] {
                commands.push([&["convert", "-t", format][..], export].concat());
            }
        }
        for args in &commands {
            let is_export = args[0] == "convert";
            // JSON in a text is text: an export has it as it is.
            let read = |file: &&PathBuf| !is_export || !file.ends_with("string.json");
            let files: Vec<_> = files.iter().filter(read).collect();
            let ran = larkspect(args).args(&files).env("LARKSPECT_ENCRYPT_KEY", "a key of the user").run();
            assert!(!ran.out.is_empty() || is_export, "{args:?}: {}", ran.err);
            if !(is_export && long) {
                assert_hidden(args, "stdout", ran.text());
            }
            assert_hidden(args, "stderr", &ran.err);
        }
        for report in &reports {
            let (format, path) = report.split_once('=').unwrap();
            let text = fs::read_to_string(path).unwrap();
            assert!(text.contains("unknown-field"), "{format}");
            assert_hidden(&["check", format], "file", &text);
        }
        // Each file alone, so that none is cut for want of room, nor hidden behind another that is like it.
        for files in files.chunks(KEYS.len()) {
            let ran = larkspect(["check"]).args(files).run();
            assert_hidden(&["check"], "stdout", ran.text());
        }
        for args in [
            &["show", "--card", "--show-secrets"][..],
            &["show", "--columns", "token", "--show-secrets"],
            &["convert", "--event", "a.thing.done_v1", "--show-secrets"],
            &["convert", "--event", "attendance.user_flow.created_v1", "--extra", "--show-secrets"],
        ] {
            let ran = larkspect(args).args(&files).run();
            assert!(ran.text().contains(CANARY), "{args:?}: {}", ran.text());
        }
    }
}

#[test]
fn what_the_user_gives_is_seen_nowhere() {
    let event =
        line().replace("\"comment\":\"\"", &format!("\"comment\":\"it is {GIVEN}\",\"ssid2\":\"{GIVEN}\""));
    let faulty = event.replace("\"type\":0", &format!("\"type\":\"{GIVEN}\""));
    let wrong = format!(
        "{{\"headers\":{{\"X-Lark-Request-Timestamp\":\"1\",\"X-Lark-Request-Nonce\":\"n\",\
         \"X-Lark-Signature\":\"00112233445566778899-{CANARY}\"}},\"body\":{event}}}\n"
    );
    assert!(event.contains(GIVEN) && faulty.contains("\"type\":\"a key"));
    let folder = Folder::new();
    let file = folder.file("keys", GIVEN);
    for variable in ["LARKSPECT_ENCRYPT_KEY", "LARKSPECT_VERIFICATION_TOKEN", "LARKSPECT_NOTHING"] {
        for args in [
            &["check", "--strict"][..],
            &["check", "-f", "json"],
            &["show", "--card"],
            &["show", "--table", "--wide"],
            &["verify"],
        ] {
            let mut program = larkspect(args).stdin(format!("{event}{faulty}{wrong}x {GIVEN}"));
            program = match variable {
                "LARKSPECT_NOTHING" => program.args(&["--token-file".into(), file.clone()]),
                variable => program.env(variable, GIVEN),
            };
            let ran = program.run();
            assert_hidden(args, "stdout", ran.text());
            assert_hidden(args, "stderr", &ran.err);
        }
    }
    let ran = larkspect(["show", "--table", "--wide"]).stdin(event).run();
    assert!(ran.text().contains(GIVEN), "nothing else would hide it: {}", ran.text());
}

#[test]
fn a_clean_event_that_repeats_its_token_is_shown_without_it() {
    let event = |token: &str, comment: &str| {
        let event = line().replace("\"comment\":\"\"", &format!("\"comment\":\"{comment}\""));
        let at = event.find("\"token\":\"").unwrap() + "\"token\":\"".len();
        let end = at + event[at..].find('"').unwrap();
        format!("{}{token}{}", &event[..at], &event[end..])
    };
    let token = format!("abcdefgh-{CANARY}");
    let escaped = format!("\\u0061bcdefgh-{CANARY}");
    let long = format!("{}{token}", "x".repeat(470));
    for (token, comment) in [
        (&token, format!("it is {token}, he says")),
        (&token, format!("it is \\\"{token}\\\"")),
        (&escaped, format!("it is {token}")),
        (&token, format!("the password: {CANARY}")),
        (&token, format!("口令 token：{CANARY}")),
        (&token, format!("{{\\\"app_secret\\\":\\\"{CANARY}\\\"}}")),
        (&token, long),
    ] {
        let event = event(token, &comment);
        let ran = larkspect(["check", "--strict"]).stdin(event.clone()).run().exits(0);
        assert!(ran.text().contains("no findings"), "{}", ran.text());
        let wide = ["show", "--table", "--wide"];
        for args in [&wide[..], &["show", "--card"], &["show", "--table", "--columns", "comment,token"]] {
            let ran = larkspect(args).stdin(event.repeat(2)).run().exits(0);
            assert_hidden(args, "stdout", ran.text());
            assert!(ran.text().contains("...."), "{}", ran.text());
        }
        let ran = larkspect(wide).args(&["--show-secrets"]).stdin(event.clone()).run().exits(0);
        assert!(ran.text().contains(CANARY), "{}", ran.text());
    }
}

#[test]
fn the_caret_stands_under_what_it_points_at_after_a_masked_secret() {
    let text =
        format!("{{\"schema\":\"2.0\",\"header\":{{\"token\":\"abcdefgh-{CANARY}\"}},\"event\":{{}} x}}");
    let ran = larkspect(["check"]).stdin(text).run();
    let lines = ran.lines();
    let at = lines.iter().position(|line| line.contains("^")).unwrap();
    let caret = lines[at].find('^').unwrap();
    assert_eq!(lines[at - 1].as_bytes()[caret], b'x', "{}", ran.text());
    assert!(lines[at - 1].contains("\"abcd..........\""), "{}", ran.text());
}

#[test]
fn ids_of_documents_are_exported() {
    let ids = r#"{"file_token":"doxcnPg8VAn7h2","folder_token":"fldcnPg8","app_token":"bas1","token_type":"Bearer"}"#;
    let event = format!(r#"{{"schema":"2.0","header":{{"event_type":"drive.file.edit_v1"}},"event":{ids}}}"#);
    let ran = larkspect(["convert", "--columns", "event", "-t", "ndjson"]).stdin(event).run();
    assert_eq!(ran.text(), format!("{{\"event\":{ids}}}\n"));
}
