//! The order of the rooms, as the documentation of `src/lib.rs` lists it: a room uses only those before it. And no folder
//! is too full to be read, and what the documents name is there.

use std::path::{Path, PathBuf};

use crate::support::documents::documents;

/// More files than these are more than a reader finds their way in.
const MOST_FILES: usize = 20;

fn top() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The entries of a folder, in order.
fn entries(folder: &Path) -> Vec<PathBuf> {
    let mut paths: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    paths
}

/// The source files at or below a path, without those that hold tests alone.
fn sources(path: &Path) -> Vec<PathBuf> {
    if path.is_dir() {
        return entries(path).iter().flat_map(|path| sources(path)).collect();
    }
    let name = path.file_stem().unwrap().to_str().unwrap();
    let tests = name.ends_with("tests") || name.starts_with("test_") || name == "properties";
    if tests { Vec::new() } else { vec![path.to_owned()] }
}

/// The rooms in their order: the names in the paragraph that begins with `Each room`.
fn rooms() -> Vec<String> {
    let text = std::fs::read_to_string(top().join("src/lib.rs")).unwrap();
    let lines = text.lines().skip_while(|line| !line.starts_with("//! Each room"));
    let paragraph: String = lines.take_while(|line| *line != "//!").collect();
    let names = paragraph.split('`').skip(1).step_by(2).map(|name| name.trim_start_matches("mod@"));
    names.filter(|name| !name.contains('/')).map(str::to_owned).collect()
}

/// The rooms that a text uses: the first names of its paths from `crate`. Tests at its end and comments are left out.
fn uses(text: &str) -> Vec<String> {
    let text = text.split("#[cfg(test)]\nmod tests {").next().unwrap();
    let code: Vec<&str> = text.lines().map(str::trim).filter(|line| !line.starts_with("//")).collect();
    let name = |path: &str| path.chars().take_while(char::is_ascii_lowercase).collect::<String>();
    let names = |path: &str| match path.strip_prefix('{') {
        None => vec![name(path)],
        // Of `{a::b, c::{d, e}}` too much, which is names of no rooms.
        Some(list) => list.split(';').next().unwrap().split([',', ' ', '{']).map(name).collect(),
    };
    code.join(" ").split("crate::").skip(1).flat_map(names).collect()
}

#[test]
fn a_room_uses_only_those_before_it() {
    let rooms = rooms();
    let place = |room: &str| rooms.iter().position(|other| other == room);
    let mut wrong = Vec::new();
    for path in entries(&top().join("src")) {
        let room = path.file_stem().unwrap().to_str().unwrap();
        if ["lib", "main"].contains(&room) {
            continue;
        }
        let own = place(room).unwrap_or_else(|| panic!("{room} is not in the list of src/lib.rs"));
        for file in sources(&path) {
            let text = std::fs::read_to_string(&file).unwrap();
            for used in uses(&text) {
                if place(&used).is_some_and(|used| used > own) {
                    wrong.push(format!("{}: {used}", file.strip_prefix(top()).unwrap().display()));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "these use a room that comes later: {wrong:#?}");
}

#[test]
fn no_folder_is_too_full() {
    let mut folders = vec![top().join("src")];
    while let Some(folder) = folders.pop() {
        let (inner, files): (Vec<_>, Vec<_>) = entries(&folder).into_iter().partition(|path| path.is_dir());
        let files: Vec<_> = files.iter().flat_map(|file| sources(file)).collect();
        assert!(files.len() <= MOST_FILES, "{} has {} files", folder.display(), files.len());
        folders.extend(inner);
    }
}

#[test]
fn what_the_documents_name_is_there() {
    const TOPS: [&str; 5] = ["src/", "tests/", "docs/", "fixtures/", "benches/"];
    for (document, text) in documents() {
        let folder = top().join(&document).parent().unwrap().to_owned();
        let words = text.split(|c: char| c.is_whitespace() || "`(),:;\"".contains(c));
        // A word in capitals stands for any.
        let words =
            words.filter(|word| !word.contains("EVENT_TYPE") && TOPS.iter().any(|top| word.starts_with(top)));
        let links = text.split("](").skip(1).filter_map(|link| link.split([')', '#']).next());
        let links = links.filter(|link| !link.is_empty() && !link.contains("://"));
        let paths = words.map(|word| top().join(word)).chain(links.map(|link| folder.join(link)));
        let gone: Vec<_> = paths.filter(|path| !path.exists()).collect();
        assert!(gone.is_empty(), "{}: {gone:?}", document.display());
    }
}
