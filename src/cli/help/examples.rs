//! The examples of `--help` and of the manual pages. What is indented by four is run by a test as it stands, on files of
//! these names: no line is longer than 80 columns, so that none is wrapped.

/// The last line of each `-h`.
pub const MORE: &str = "--help shows all options, with examples";

/// The same where there is no command.
pub const MORE_COMMANDS: &str = "--help shows all, with examples; show -h: how to choose events and columns";

/// Of the program.
pub const ROOT: &str = "\
Examples:
  What happened in an event, or in a capture of many:
    larkspect payload.json
    cat payload.json | larkspect
    larkspect captures/
  What is wrong with it; the exit code is 1 where there is an error:
    larkspect check payload.json
  Punches as a spreadsheet, each delivery once:
    larkspect convert --dedupe -o punches.xlsx captures/
  What a rule, a field or a choice means:
    larkspect explain timestamp-unit";

/// Of `show`.
pub const SHOW: &str = "\
Examples:
  One event, as a card:
    larkspect payload.json
  Who came after nine today; risky punches in the field:
    larkspect --since today --where 'check_time.time>09:00' captures/
    larkspect --where 'risk_result!=0' --where is_field=true captures/
  The last twenty of some types:
    larkspect --event 'im.*' --sort=-create_time -n 20 app.log
  What arrived late, and where it stands:
    larkspect --where 'delay>2s' --columns file,line,employee_id,delay captures/
  As it goes on:
    tail -n 5 app.log | larkspect --table";

/// Of `check`.
pub const CHECK: &str = "\
Examples:
  All that is wrong below a directory, with its place:
    larkspect check fixtures/
  Annotations in a pull request, and a report beside them:
    larkspect check --format github --report junit=report.xml fixtures/
  Of some events only; without some rules:
    larkspect check --event 'im.*' app.log
    larkspect check --ignore absent-field,unknown-field fixtures/
  What one of the rules is about:
    larkspect explain timestamp-unit";

/// Of `convert`.
pub const CONVERT: &str = "\
Examples:
  A workbook, and a CSV, of all punches in their order:
    larkspect convert --dedupe --sort check_time -o punches.xlsx captures/
    larkspect convert --dedupe --sort check_time -o punches.csv captures/
  Some columns only:
    larkspect convert --columns employee_id,check_time_iso,type_label captures/
  Each type of a mixed capture in a file of its own:
    larkspect convert --split types/ app.log
  A table for a ticket:
    larkspect convert --to md --where 'risk_result!=0' captures/";

/// Of `summary`.
pub const SUMMARY: &str = "\
Examples:
  Hours, delays and risks of a capture; of today alone:
    larkspect summary captures/
    larkspect summary --since today captures/
  First and last punch of everybody on each day, as a spreadsheet:
    larkspect summary --by employee_id,day -o people.xlsx captures/
  Of a mixture, what came when:
    larkspect summary --by event_type,day app.log
  For a program:
    larkspect summary --format json captures/";

/// Of `redact`.
pub const REDACT: &str = "\
Examples:
  The same findings, to be shown to anybody:
    larkspect redact day.ndjson | larkspect check
  One event for a ticket:
    larkspect redact --where type=9 -n 1 day.ndjson
  Places and networks stay:
    larkspect redact --keep location_name,ssid day.ndjson
  The same stand-ins in every run, on other days:
    larkspect redact --shift-days -400 --salt-file salt day.ndjson";

/// Of `decrypt`.
pub const DECRYPT: &str = "\
Examples:
  With the key of the app in a file:
    larkspect decrypt --encrypt-key-file key requests.http
  Or in a variable:
    LARKSPECT_ENCRYPT_KEY=\"$(cat key)\" larkspect decrypt requests.http";

/// Of `verify`.
pub const VERIFY: &str = "\
Examples:
  Whether signatures are right, each with the reason:
    larkspect verify --encrypt-key-file key requests.http
  Requests that were signed more than five minutes after their event, too:
    larkspect verify --encrypt-key-file key --max-skew 300 requests.http";

/// Of `explain`.
pub const EXPLAIN: &str = "\
Examples:
  A rule, with an event that breaks it; all rules:
    larkspect explain timestamp-unit
    larkspect explain
  A field, one of its values, and an event type:
    larkspect explain check_time
    larkspect explain type 5
    larkspect explain im.message.receive_v1";

/// Of `schema`.
pub const SCHEMA: &str = "\
Examples:
  All event types, or those that have this in their name or title:
    larkspect schema
    larkspect schema approval
  The fields of one:
    larkspect schema im.message.receive_v1
  Its JSON Schema, for validators and editors:
    larkspect schema attendance.user_flow.created_v1 --format json-schema";

/// Of `sample`.
pub const SAMPLE: &str = "\
Examples:
  A punch; three events of any type:
    larkspect sample
    larkspect sample --mix -n 3 --seed 7
  An event that breaks one rule, and no other:
    larkspect sample --fault timestamp-unit
  A week of an office, to try a pipeline with:
    larkspect sample --start 2024-06-03 --days 5 --employees 30 -o week.ndjson
  A signed request:
    larkspect sample --encrypt --encrypt-key-file key --http";

/// Of `completions`.
pub const COMPLETIONS: &str = "\
Examples:
  For bash, zsh (with ~/.zfunc in its fpath) and fish; then begin a new shell:
    echo 'source <(larkspect completions bash)' >> ~/.bashrc
    larkspect completions zsh > ~/.zfunc/_larkspect
    larkspect completions fish > ~/.config/fish/completions/larkspect.fish";

/// Of `man`.
pub const MAN: &str = "\
Examples:
  To read one:
    larkspect man check | man -l -
  All of them, for a package:
    larkspect man --dir man1";
