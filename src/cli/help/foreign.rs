//! What other tools call something that is here too, so that who types it is told what to type: one table for flags, for
//! first words that are no command, and for formats that another command writes.

/// A meaning: how it is typed elsewhere, without leading `--`; in which commands here (the empty name is none, no name is
/// any); and what is typed here, where `{..}` stands for the value that was typed.
type Meaning = (&'static [&'static str], &'static [&'static str], &'static str);

/// Without a command, events are shown.
const SHOW: &[&str] = &["", "show"];
const ANY: &[&str] = &[];
/// Where somebody wants rows, and not the JSON that is written there anyhow.
const SHOWN: &[&str] = &["", "show", "check"];

/// Of several that fit the first counts.
const MEANINGS: &[Meaning] = &[
    // Formats.
    (&["json", "jsonl", "ndjson"], &["check", "verify"], "--format json"),
    (&["csv", "tsv", "md", "markdown", "xlsx", "excel", "xls"], &["check"], "larkspect convert --to csv"),
    (&["json"], &["schema"], "--format json"),
    (&["json"], &["convert"], "--to json"),
    (&["json"], SHOWN, "larkspect convert --to json"),
    (&["jsonl", "ndjson"], &["convert"], "--to ndjson"),
    (&["jsonl", "ndjson"], SHOWN, "larkspect convert --to ndjson"),
    (&["csv"], &["convert"], "--to csv"),
    (&["csv"], SHOWN, "larkspect convert --to csv"),
    (&["tsv"], &["convert"], "--to tsv"),
    (&["tsv"], SHOWN, "larkspect convert --to tsv"),
    (&["md", "markdown"], &["convert"], "--to md"),
    (&["md", "markdown"], SHOWN, "larkspect convert --to md"),
    (&["xlsx", "xls", "excel"], &["convert"], "-o FILE.xlsx"),
    (&["xlsx", "xls", "excel"], SHOWN, "larkspect convert -o FILE.xlsx"),
    (&["github", "gitlab", "junit", "sarif"], &["", "show", "convert"], "larkspect check --format github"),
    (&["format", "-f", "output-format", "out-format"], &["convert"], "--to {csv}"),
    (&["to", "-t", "output-format", "out-format"], &["check", "verify", "schema"], "--format {json}"),
    (&["format", "-f", "to", "-t", "output-format", "out-format"], SHOW, "larkspect convert --to {csv}"),
    (&["output", "-o", "out", "outfile", "output-file"], SHOW, "larkspect convert -o {FILE.csv}"),
    (&["output", "-o", "out", "outfile", "output-file"], &["check"], "--report json={FILE}"),
    (&["out", "outfile", "output-file"], &["convert", "redact", "decrypt", "sample"], "-o {FILE}"),
    (&["out", "outdir", "output", "output-dir"], &["man"], "--dir {DIR}"),
    (&["delimiter", "separator", "sep", "-d"], &["convert"], "--to tsv"),
    (&["no-headers", "headerless"], &["convert"], "--no-header"),
    (&["split-by", "partition"], &["convert"], "--split {DIR}"),
    // Which events.
    (
        &["filter", "grep", "query", "condition", "search", "find", "if", "-e", "-q", "-w"],
        &["", "show", "convert", "redact"],
        "--where {CONDITION}",
    ),
    (&["filter", "grep", "query", "condition", "-e", "-w"], &["check"], "--where {CONDITION}"),
    (
        &["type", "types", "event-type", "events", "kind"],
        &["show", "check", "convert", "redact"],
        "--event {TYPE}",
    ),
    (
        &["from", "after", "start", "begin", "newer"],
        &["", "show", "check", "convert", "redact"],
        "--since {TIME}",
    ),
    (&["before", "end", "older", "till"], &["", "show", "check", "convert", "redact"], "--until {TIME}"),
    (
        &["n", "count", "head", "max", "max-count", "lines", "first", "top", "take"],
        &["", "show", "convert", "redact"],
        "-n {N}",
    ),
    (&["n", "limit", "head", "number"], &["sample"], "-n {N}"),
    (&["max", "limit", "n"], &["check"], "--max-findings {N}"),
    (&["tail", "last"], &["", "show", "convert"], "--sort=-create_time -n {N}"),
    (&["uniq", "unique", "dedup", "distinct", "deduplicate"], &["", "show", "convert", "redact"], "--dedupe"),
    (&["order", "order-by", "sort-by", "sorted"], &["", "show", "convert"], "--sort {FIELD}"),
    (&["reverse", "desc", "descending"], &["", "show", "convert"], "--sort=-FIELD"),
    (
        &["fields", "field", "cols", "col", "column", "select", "-c"],
        &["", "show", "convert"],
        "--columns {NAMES}",
    ),
    (&["full", "no-truncate", "no-trunc", "full-width"], SHOW, "--wide"),
    (&["pretty", "vertical", "expand", "expanded"], SHOW, "--card"),
    // Severities.
    (&["rule", "rules", "disable", "exclude", "skip", "ignore-rule"], &["check"], "--ignore {RULE}"),
    (
        &["deny", "werror", "fail-on-warning", "fail-on-warnings", "warnings-as-errors", "pedantic"],
        &["check"],
        "--strict",
    ),
    (&["fail-on-error", "exit-code", "ci"], &["check"], "--format github"),
    (&["silent", "-s"], &["check"], "--quiet"),
    // What is the same everywhere.
    (&["timezone", "time-zone", "zone"], ANY, "--tz {+08:00}"),
    (&["locale", "language", "-l"], ANY, "--lang {zh}"),
    (&["zh", "chinese", "cn"], ANY, "--lang zh"),
    (&["utc"], ANY, "--tz utc"),
    (&["settings", "-c"], &["check"], "--config {FILE}"),
    (&["jobs", "parallel"], &["", "show", "check", "convert", "redact", "decrypt", "verify"], "-j {N}"),
    (&["debug", "trace"], &["", "show", "check", "convert", "redact", "decrypt", "verify"], "--verbose"),
    // Never with the secret that was typed.
    (&["key", "encrypt-key", "decrypt-key", "-k"], ANY, "--encrypt-key-file FILE"),
    (&["token", "verification-token"], ANY, "--token-file FILE"),
    (&["salt"], &["redact"], "--salt-file FILE"),
    // Commands.
    (&["valid", "validate", "lint", "check", "test", "validator"], ANY, "larkspect check"),
    (&["convert", "export", "transform"], ANY, "larkspect convert"),
    (&["redact", "anonymize", "anonymise", "mask", "scrub", "pseudonymize"], ANY, "larkspect redact"),
    (&["decrypt", "decode", "unwrap"], ANY, "larkspect decrypt"),
    (&["verify", "sign", "signature"], ANY, "larkspect verify"),
    (&["sample", "generate", "gen", "mock", "fake", "example", "examples"], ANY, "larkspect sample"),
    (&["explain", "rule", "rules", "doc", "docs", "describe"], ANY, "larkspect explain"),
    (&["schema", "json-schema", "types", "fields", "catalog", "catalogue"], ANY, "larkspect schema"),
    (&["completion", "completions", "complete", "autocomplete"], ANY, "larkspect completions bash"),
    (&["man", "manual", "manpage"], ANY, "larkspect man"),
    (&["cat", "view", "print", "display", "list", "ls", "open", "read"], ANY, "larkspect show"),
    (&["version"], ANY, "larkspect --version"),
    (&["usage", "h", "?"], ANY, "larkspect --help"),
    (
        &["stats", "stat", "summarize", "summarise", "count", "report", "by", "group-by"],
        ANY,
        "larkspect summary",
    ),
];

/// What was probably meant by a flag (`--json`, `-o`) or a word of another tool in a command, which may be none, and the
/// value that came with it.
pub fn meant(typed: &str, command: &str, value: Option<&str>) -> Option<String> {
    let name = typed.strip_prefix("--").unwrap_or(typed).to_ascii_lowercase().replace('_', "-");
    let fits = |(theirs, commands, _): &&Meaning| {
        theirs.contains(&&*name) && (commands.is_empty() || commands.contains(&command))
    };
    let (_, _, here) = MEANINGS.iter().find(fits)?;
    let is_plain = |value: &&str| {
        let plain = |c: char| c.is_alphanumeric() || "_.,+:/*-=".contains(c);
        !value.is_empty() && value.len() <= 40 && !value.starts_with('-') && value.chars().all(plain)
    };
    let Some((before, rest)) = here.split_once('{') else { return Some((*here).to_owned()) };
    let (usual, after) = rest.split_once('}')?;
    Some(format!("{before}{}{after}", value.filter(is_plain).unwrap_or(usual)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_other_tools_say_is_said_in_our_words() {
        for (typed, command, value, here) in [
            ("--json", "show", None, Some("larkspect convert --to json")),
            ("--json", "check", None, Some("--format json")),
            ("--format", "", Some("json"), Some("larkspect convert --to json")),
            ("--format", "convert", Some("tsv"), Some("--to tsv")),
            ("-o", "show", Some("x.csv"), Some("larkspect convert -o x.csv")),
            ("-o", "show", None, Some("larkspect convert -o FILE.csv")),
            ("--filter", "show", Some("a b"), Some("--where CONDITION")),
            ("--filter", "show", Some("type=0"), Some("--where type=0")),
            ("--n", "show", Some("3"), Some("-n 3")),
            ("--n", "show", Some("--card"), Some("-n N")),
            ("--Max_Count", "convert", Some("3"), Some("-n 3")),
            ("--encrypt-key", "show", Some("secret"), Some("--encrypt-key-file FILE")),
            ("grep", "", None, Some("--where CONDITION")),
            ("version", "", None, Some("larkspect --version")),
            ("--no-such", "show", None, None),
            ("--dedup", "verify", None, None),
            ("--json", "sample", None, None),
        ] {
            assert_eq!(meant(typed, command, value).as_deref(), here, "{typed} {command}");
        }
    }

    #[test]
    fn each_meaning_can_be_reached_and_none_is_ours_already() {
        let commands = [
            "",
            "show",
            "check",
            "convert",
            "redact",
            "decrypt",
            "verify",
            "explain",
            "schema",
            "sample",
            "completions",
            "man",
        ];
        for (at, (theirs, within, here)) in MEANINGS.iter().enumerate() {
            let within = if within.is_empty() { &commands[..] } else { within };
            assert!(within.iter().all(|command| commands.contains(command)), "{here}");
            let first = |name: &str, command: &str| {
                MEANINGS.iter().position(|(theirs, within, _)| {
                    theirs.contains(&name) && (within.is_empty() || within.contains(&command))
                })
            };
            for name in *theirs {
                assert!(within.iter().any(|command| first(name, command) == Some(at)), "{name}: {here}");
            }
        }
    }
}
