//! Fields that stay as they are because somebody says so.

use std::fmt;

use crate::catalog::{BODY, ENVELOPE_V1, EVENTS, Field, HEAD, HEADER, ITEM, header_extra, visit};
use crate::json::DottedPath;
use crate::lang::{Lang, label, say};
use crate::query::Name;
use crate::suggest::Unknown;

/// Fields by their names or dotted paths.
#[derive(Clone, Debug, Default)]
pub struct Keep(Vec<Vec<String>>);

/// Why a field cannot be kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum KeepError {
    /// No type has it.
    Unknown(Unknown),
    /// It is a secret.
    Secret(String),
}

impl fmt::Display for KeepError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.words(Lang::En))
    }
}

impl KeepError {
    /// What is wrong, in one language.
    pub fn words(&self, lang: Lang) -> String {
        match self {
            KeepError::Unknown(unknown) => unknown.words(lang),
            KeepError::Secret(name) => {
                say!(lang, "`{name}` 是秘密，从不保留", "`{name}` is a secret, which is never kept")
            }
        }
    }
}

impl std::error::Error for KeepError {}

impl Keep {
    /// Fields of these names: `employee_id` wherever it stands, `sender.sender_id.open_id` and `event.user.name` by the
    /// end of the way to them, `Employee` and `员工` by their titles. An object stands for all that is documented within
    /// it.
    ///
    /// # Errors
    ///
    /// One of them is no documented field of any type, or is a secret.
    pub fn new<'n>(names: impl IntoIterator<Item = &'n str>) -> Result<Keep, KeepError> {
        let mut kept = Vec::new();
        for name in names {
            kept.extend(fields(name.trim())?);
        }
        Ok(Keep(kept))
    }

    /// Whether nothing is kept.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether the field to which these keys lead is kept.
    pub(super) fn has(&self, path: &[&str]) -> bool {
        self.0.iter().any(|steps| ends(path, steps))
    }
}

fn ends(path: &[&str], steps: &[String]) -> bool {
    let keys = path.iter().rev().filter(|key| **key != ITEM);
    path.len() >= steps.len() && steps.iter().rev().eq(keys.take(steps.len()).copied())
}

/// The ways to what a name means: to a field, or to all that have it as their title.
fn fields(name: &str) -> Result<Vec<Vec<String>>, KeepError> {
    let unknown = match steps(name) {
        Ok(steps) => return Ok(vec![steps]),
        Err(KeepError::Unknown(unknown)) => unknown,
        Err(secret) => return Err(secret),
    };
    let ways: Result<Vec<_>, _> = Name::all_titled(name).iter().map(|titled| steps(titled)).collect();
    match ways {
        Ok(ways) if !ways.is_empty() => Ok(ways),
        Err(KeepError::Secret(_)) => Err(KeepError::Secret(name.to_owned())),
        _ => {
            let near = || Name::parse(name).err()?.near.filter(|near| fields(near).is_ok());
            Err(KeepError::Unknown(Unknown { near: unknown.near.clone().or_else(near), ..unknown }))
        }
    }
}

fn steps(name: &str) -> Result<Vec<String>, KeepError> {
    let path = DottedPath::parse(name);
    let steps: Vec<String> = path.iter().flat_map(DottedPath::keys).map(str::to_owned).collect();
    let (mut found, mut open) = (false, false);
    let mut keys = Vec::new();
    each_field(&mut |path, field| {
        if !steps.is_empty() && ends(path, &steps) {
            found = true;
            open |= !field.secret;
        }
        keys.push(field.key);
    });
    match (found, open) {
        (true, true) => Ok(steps),
        (true, false) => Err(KeepError::Secret(name.to_owned())),
        (false, _) => {
            let hint = label(
                "`larkspect schema TYPE` 列出一种类型的字段",
                "`larkspect schema TYPE` lists the fields of a type",
            );
            Err(KeepError::Unknown(Unknown::new(label("字段", "field"), name, keys, hint)))
        }
    }
}

/// Visits every documented field, with the keys from the top of a document to it.
fn each_field(take: &mut impl FnMut(&[&'static str], &'static Field)) {
    visit(ENVELOPE_V1, &mut Vec::new(), take);
    visit(HEADER, &mut vec![HEAD], take);
    for event in EVENTS {
        for field in event.header.iter().filter_map(|field| header_extra(field.key)) {
            visit(std::slice::from_ref(field), &mut vec![HEAD], take);
        }
        visit(event.fields, &mut vec![BODY], take);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_are_known_by_the_end_of_the_way_to_them() {
        let keep = Keep::new(["employee_id", "sender.sender_id.open_id", "header.app_id", "mentions[].name"])
            .unwrap();
        for (path, kept) in [
            (&["event", "employee_id"][..], true),
            (&["event", "sender", "sender_id", "open_id"], true),
            (&["event", "reader", "reader_id", "open_id"], false),
            (&["header", "app_id"], true),
            (&["event", "app_id"], false),
            (&["event", "message", "mentions", "name"], true),
            (&["event", "name"], false),
            (&[], false),
        ] {
            assert_eq!(keep.has(path), kept, "{path:?}");
        }
        assert!(Keep::default().is_empty() && !keep.is_empty());
    }

    #[test]
    fn titles_were_no_names_of_what_is_kept() {
        for title in ["Employee", "employee", "员工"] {
            let keep = Keep::new([title]).unwrap();
            assert!(keep.has(&["event", "employee_id"]) && !keep.has(&["event", "location_name"]), "{title}");
        }
        // Of several fields, each.
        let keep = Keep::new(["Position"]).unwrap();
        assert!(keep.has(&["event", "longitude"]) && keep.has(&["event", "latitude"]));
    }

    #[test]
    fn what_nothing_has_and_what_is_secret_is_refused() {
        for (name, why) in [
            ("employe_id", "unknown field `employe_id`; did you mean `employee_id`?"),
            (
                "no_such_thing",
                "unknown field `no_such_thing`; `larkspect schema TYPE` lists the fields of a type",
            ),
            ("", "unknown field ``; `larkspect schema TYPE` lists the fields of a type"),
            ("[].name", "unknown field `[].name`; `larkspect schema TYPE` lists the fields of a type"),
            ("token", "`token` is a secret, which is never kept"),
            ("delay", "unknown field `delay`; `larkspect schema TYPE` lists the fields of a type"),
            ("Emploee", "unknown field `Emploee`; did you mean `Employee`?"),
            ("Evnt", "unknown field `Evnt`; `larkspect schema TYPE` lists the fields of a type"),
            ("Verification Token", "`Verification Token` is a secret, which is never kept"),
            ("header.token", "`header.token` is a secret, which is never kept"),
        ] {
            assert_eq!(Keep::new([name]).unwrap_err().to_string(), why);
        }
    }
}
