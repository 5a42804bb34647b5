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

const SUMMARY: &[&str] = &["summary"];
const FORMATS: &[&str] = &["check", "verify", "schema", "summary"];
const WRITING: &[&str] = &["convert", "redact", "decrypt", "sample", "summary"];
/// Where events are chosen by a condition, and by when they came.
const CHOOSING: &[&str] = &["", "show", "convert", "redact", "summary"];
const TIMED: &[&str] = &["", "show", "check", "convert", "redact", "summary"];

/// Of several that fit the first counts.
const MEANINGS: &[Meaning] = &[
    // Formats.
    (&["json", "jsonl", "ndjson"], &["check", "verify"], "--format json"),
    (&["json", "jsonl", "ndjson", "ojson"], SUMMARY, "--format json"),
    (&["html"], SUMMARY, "--format html -o FILE.html"),
    (&["csv", "tsv", "ocsv"], SUMMARY, "--by FIELD -o FILE.csv"),
    (&["xlsx", "xls", "excel"], SUMMARY, "--by FIELD -o FILE.xlsx"),
    (&["csv", "tsv", "md", "markdown", "xlsx", "excel", "xls"], &["check"], "larkspect convert --to csv"),
    (&["json"], &["schema"], "--format json"),
    (&["json", "ojson", "slurp", "tojson"], &["convert"], "--to json"),
    (&["json", "ojson", "slurp", "tojson"], SHOWN, "larkspect convert --to json"),
    (&["jsonl", "ndjson", "ojsonl", "tojsonl", "compact-output"], &["convert"], "--to ndjson"),
    (&["jsonl", "ndjson", "ojsonl", "tojsonl", "compact-output"], SHOWN, "larkspect convert --to ndjson"),
    (&["csv", "ocsv"], &["convert"], "--to csv"),
    (&["csv", "ocsv"], SHOWN, "larkspect convert --to csv"),
    (&["tsv", "otsv"], &["convert"], "--to tsv"),
    (&["tsv", "otsv"], SHOWN, "larkspect convert --to tsv"),
    (&["md", "markdown", "omd"], &["convert"], "--to md"),
    (&["md", "markdown", "omd"], SHOWN, "larkspect convert --to md"),
    (&["raw-output", "-r"], &["convert"], "--to tsv --no-header"),
    (&["raw-output", "-r"], SHOW, "larkspect convert --to tsv --no-header --columns NAMES"),
    (&["xlsx", "xls", "excel"], &["convert"], "-o FILE.xlsx"),
    (&["xlsx", "xls", "excel"], SHOWN, "larkspect convert -o FILE.xlsx"),
    (&["github", "gitlab", "junit", "sarif"], &["", "show", "convert"], "larkspect check --format github"),
    (&["format", "-f", "output-format", "out-format"], &["convert"], "--to {csv}"),
    (&["to", "-t", "output-format", "out-format"], FORMATS, "--format {json}"),
    (&["format", "-f", "to", "-t", "output-format", "out-format"], SHOW, "larkspect convert --to {csv}"),
    (&["output", "-o", "out", "outfile", "output-file"], SHOW, "larkspect convert -o {FILE.csv}"),
    (&["output", "-o", "out", "outfile", "output-file"], &["check"], "--report json={FILE}"),
    (&["out", "outfile", "output-file"], WRITING, "-o {FILE}"),
    (&["out", "outdir", "output", "output-dir"], &["man"], "--dir {DIR}"),
    (&["delimiter", "separator", "sep", "-d"], &["convert"], "--to tsv"),
    (&["no-headers", "headerless"], &["convert"], "--no-header"),
    (&["split-by", "partition"], &["convert"], "--split {DIR}"),
    // Which events.
    (
        &["filter", "grep", "query", "condition", "search", "find", "if", "-e", "-q", "-w"],
        CHOOSING,
        "--where {CONDITION}",
    ),
    (&["filter", "grep", "query", "condition", "-e", "-w"], &["check"], "--where {CONDITION}"),
    (
        &["type", "types", "event-type", "events", "kind"],
        &["show", "check", "convert", "redact", "summary"],
        "--event {TYPE}",
    ),
    (&["from", "after", "start", "begin", "newer"], TIMED, "--since {TIME}"),
    (&["before", "end", "older", "till"], TIMED, "--until {TIME}"),
    (
        &["n", "count", "head", "max", "max-count", "lines", "first", "top", "take", "slice"],
        &["", "show", "convert", "redact"],
        "-n {N}",
    ),
    // A summary is of all there is; what is few is looked at.
    (&["n", "-n", "limit", "head", "max", "first", "take"], SUMMARY, "larkspect -n {N}"),
    (&["n", "limit", "head", "number"], &["sample"], "-n {N}"),
    (&["max", "limit", "n", "-n"], &["check"], "--max-findings {N}"),
    (&["tail", "last"], &["", "show", "convert"], "--sort=-create_time -n {N}"),
    (&["uniq", "unique", "dedup", "distinct", "deduplicate"], &["", "show", "convert", "redact"], "--dedupe"),
    (&["order", "order-by", "sort-by", "sorted", "sort"], &["", "show", "convert"], "--sort {FIELD}"),
    (&["reverse", "desc", "descending"], &["", "show", "convert"], "--sort=-FIELD"),
    (
        &["fields", "field", "cols", "col", "column", "select", "cut", "-c"],
        &["", "show", "convert"],
        "--columns {NAMES}",
    ),
    (&["full", "no-truncate", "no-trunc", "full-width"], SHOW, "--wide"),
    (&["pretty", "vertical", "expand", "expanded", "oxtab"], SHOW, "--card"),
    (&["table", "opprint"], SHOW, "--table"),
    (&["files-with-matches", "with-filename", "line-number"], SHOW, "--columns file,line"),
    (&["invert-match"], TIMED, "--where 'FIELD!=VALUE'"),
    (&["glob", "include", "-g"], &["", "show", "check", "convert", "redact"], "DIR/*.json"),
    // A row for each group.
    (&["group-by", "groupby", "group", "count-by", "per", "facet", "-g"], SUMMARY, "--by {FIELD}"),
    (
        &["group-by", "groupby", "group", "count-by", "count-distinct", "frequency", "freq", "histogram"],
        ANY,
        "larkspect summary --by FIELD",
    ),
    (&["split", "split-by"], SHOW, "larkspect convert --split {DIR}"),
    // Severities.
    (&["rule", "rules", "disable", "skip", "ignore-rule", "extend-ignore"], &["check"], "--ignore {RULE}"),
    (&["select", "only"], &["check"], "larkspect check --format line | grep {RULE}"),
    (
        &["exclude-dir", "exclude-glob", "extend-exclude", "ignore-path", "ignore-pattern"],
        &["check"],
        "--exclude {GLOB}",
    ),
    (&["watch"], &["check"], "tail -f FILE | larkspect check"),
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
    (
        &["schema", "json-schema", "types", "fields", "headers", "catalog", "catalogue"],
        ANY,
        "larkspect schema",
    ),
    (&["completion", "completions", "complete", "autocomplete"], ANY, "larkspect completions bash"),
    (&["man", "manual", "manpage"], ANY, "larkspect man"),
    (&["cat", "view", "print", "display", "list", "ls", "open", "read"], ANY, "larkspect show"),
    (&["version"], ANY, "larkspect --version"),
    (&["usage", "h", "?"], ANY, "larkspect --help"),
    (
        &["stats", "stat", "summarize", "summarise", "statistics", "count", "report", "by"],
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
    // What follows a flag that takes nothing elsewhere is a file that is read.
    let is_path = |value: &str| {
        value.contains('/') || [".json", ".ndjson", ".jsonl"].iter().any(|ending| value.ends_with(ending))
    };
    let takes_path = usual.starts_with("FILE") || usual == "DIR" || usual == "+08:00";
    let value = value.filter(|value| takes_path || !is_path(value));
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
            ("-c", "show", Some("day.ndjson"), Some("--columns NAMES")),
            ("--timezone", "show", Some("Asia/Shanghai"), Some("--tz Asia/Shanghai")),
            ("--group-by", "summary", Some("employee_id"), Some("--by employee_id")),
            ("--group-by", "show", Some("employee_id"), Some("larkspect summary --by FIELD")),
            ("--json", "summary", None, Some("--format json")),
            ("--html", "summary", Some("a.html"), Some("--format html -o FILE.html")),
            ("-n", "summary", Some("5"), Some("larkspect -n 5")),
            ("--exclude-dir", "check", Some("legacy"), Some("--exclude legacy")),
            ("frequency", "", None, Some("larkspect summary --by FIELD")),
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
            "summary",
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
