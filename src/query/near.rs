//! What is said of a name that leads nowhere: which names, titles and paths are near, and of what it is the end.

use std::collections::{BTreeMap, BTreeSet};

use crate::catalog::{BODY, EVENTS, HEAD, ITEM, visit};
use crate::lang::{Lang, Sentence, both, label, say};
use crate::record::Layout;
use crate::suggest::{Unknown, did_you_mean, nearest};

use super::name::{CONTENT, FIELD, Name, Own, Part, titles};

/// More paths are no help.
const MOST: usize = 4;

/// A name that no event type has, nor any title.
pub(super) fn unknown(typed: &str, layouts: &[Layout]) -> Unknown {
    let unknown = |known| Unknown { what: FIELD, name: typed.to_owned(), near: None, known };
    if typed.is_empty() {
        return unknown(both!("逗号旁边缺少名称", "a name is missing beside a comma"));
    }
    if typed.contains('，') {
        return unknown(both!(
            "名称之间要用半角逗号 `,`，不能用全角逗号",
            "between names stands , instead of ，"
        ));
    }
    if typed == BODY || typed == HEAD {
        return unknown(both!(
            "{typed}.NAME 是其中的字段；在 convert 里 `event` 是整个内容",
            "{typed}.NAME is a field of it; in convert `event` is the whole"
        ));
    }
    if CONTENT.is(typed) {
        return unknown(both!(
            "它概括事件的内容，不是字段；请写字段名，例如 message.content",
            "it says in short what an event is about, and is no field; name fields, such as message.content"
        ));
    }
    let paths = paths();
    if let Some(full) = listed(&ending(typed, &paths)) {
        return unknown(full);
    }
    let columns = layouts.iter().flat_map(|layout| &layout.columns);
    let names: Vec<&str> =
        columns.clone().map(|column| &*column.name).chain(Own::ALL.iter().map(|(name, _)| *name)).collect();
    let called: BTreeSet<String> = columns.flat_map(titles).chain(Own::titles()).collect();
    let known =
        names.into_iter().chain(called.iter().map(String::as_str)).chain(paths.keys().map(|path| &**path));
    let hint = label(
        "没有事件类型有这个字段；`larkspect schema TYPE` 列出字段，event.NAME 是事件自己的任意字段",
        "no event type has it; `larkspect schema TYPE` lists fields, event.NAME is any of the event's own",
    );
    let mut unknown = Unknown::new(FIELD, typed, known, hint);
    if unknown.near.is_none() {
        let keys = paths.keys().filter_map(|path| path.rsplit('.').next());
        unknown.near = nearest(typed, keys).and_then(|key| Some(ending(key, &paths).first()?.to_string()));
    }
    // A title as it stands at the head of a column.
    if let Some(near) = unknown.near.as_mut().filter(|near| called.contains(*near))
        && typed.starts_with(char::is_uppercase)
        && near.is_char_boundary(1)
    {
        near[..1].make_ascii_uppercase();
    }
    unknown
}

/// What stands behind a moment, and is no part of it.
pub(super) fn no_part(typed: &str, base: &str) -> Unknown {
    let of_moment = |part: &Part| !matches!(part, Part::Raw | Part::Label);
    let endings = Part::ENDINGS.iter().filter(|(_, part)| of_moment(part)).map(|(ending, _)| *ending);
    let endings: Vec<&str> = endings.collect();
    let part = typed.rsplit('.').next().unwrap_or_default();
    // A twin has a name of its own.
    let near = endings.iter().find(|ending| ending.strip_prefix('_') == Some(part));
    let near = near.map(|ending| format!("{base}{ending}"));
    let [zh, en] = ["、", ", "].map(|comma| endings.join(comma));
    let known =
        both!("`{base}` 是时刻，后面可以加 {zh}", "`{base}` is a moment, behind which stands one of {en}");
    Unknown { what: FIELD, name: typed.to_owned(), near, known }
}

impl Name {
    /// What there is to say where no event had it.
    pub fn nowhere(&self, lang: Lang) -> String {
        let paths = paths();
        let base = self.base.strip_prefix(BODY).and_then(|rest| rest.strip_prefix('.')).unwrap_or(&self.base);
        let plain = base.replace("[]", "");
        let near = || {
            let alike = |path: &&str| self.kinds.is_empty() && share_an_end(path, &plain);
            let near = nearest(&plain, paths.keys().map(|path| &**path).filter(alike));
            near.map(|near| did_you_mean(format_args!("`{near}`"), lang))
        };
        // What stands behind a point in a moment is a part of it; labels and twins have names of their own.
        let twin = ["label", "iso"].into_iter().find_map(|twin| {
            let path = plain.strip_suffix(twin)?.strip_suffix('.')?;
            paths.contains_key(path).then(|| did_you_mean(format_args!("`{path}_{twin}`"), lang))
        });
        let listed = listed(&ending(&plain, &paths)).map(|hint| hint.text(lang).to_owned());
        let hint =
            twin.or(listed).or_else(near).map(|hint| say!(lang, "；{hint}", "; {hint}")).unwrap_or_default();
        let typed = &self.typed;
        say!(lang, "没有事件有字段 {typed}{hint}", "no event had a field {typed}{hint}")
    }
}

/// Whether two paths begin or end with the same key: short ones are all near to each other.
fn share_an_end(a: &str, b: &str) -> bool {
    a.rsplit('.').next() == b.rsplit('.').next() || a.split('.').next() == b.split('.').next()
}

/// The documented paths that end with a name, those of most types first.
fn ending<'p>(name: &str, paths: &'p BTreeMap<String, usize>) -> Vec<&'p str> {
    let ends = |path: &str| path.strip_suffix(name).is_some_and(|outer| outer.ends_with('.'));
    let mut full: Vec<_> = paths.iter().filter(|(path, _)| ends(path)).collect();
    full.sort_by_key(|(_, types)| std::cmp::Reverse(**types));
    full.into_iter().map(|(path, _)| &**path).collect()
}

/// The first of some paths, in words.
fn listed(paths: &[&str]) -> Option<Sentence> {
    let first = paths.iter().take(MOST).map(|path| format!("`{path}`"));
    let more = (paths.len() > MOST).then(|| "..".to_owned());
    let first: Vec<String> = first.chain(more).collect();
    let [zh, en] = ["、", ", "].map(|comma| first.join(comma));
    (!first.is_empty()).then(|| both!("有 {zh}", "there is {en}"))
}

/// Every documented path, also within lists, with how many types have it.
fn paths() -> BTreeMap<String, usize> {
    let mut paths = BTreeMap::new();
    for event in EVENTS {
        visit(event.fields, &mut Vec::new(), &mut |steps, _| {
            let keys: Vec<&str> = steps.iter().copied().filter(|step| *step != ITEM).collect();
            *paths.entry(keys.join(".")).or_default() += 1;
        });
    }
    paths
}
