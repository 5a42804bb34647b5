//! The documents for people: README in both languages, CONTRIBUTING and everything in `docs/`.

use std::path::{Path, PathBuf};

/// The path of each from the top of the repository, and its text.
pub fn documents() -> Vec<(PathBuf, String)> {
    let top = Path::new(env!("CARGO_MANIFEST_DIR"));
    let folder = std::fs::read_dir(top.join("docs")).expect("the documents are there");
    let mut paths: Vec<PathBuf> = folder.map(|entry| entry.expect("readable").path()).collect();
    paths.retain(|path| path.extension().is_some_and(|end| end == "md"));
    paths.extend(["README.md", "README.zh-CN.md", "CONTRIBUTING.md"].map(|name| top.join(name)));
    paths.sort();
    let named = |path: PathBuf| {
        let text = std::fs::read_to_string(&path).expect("UTF-8");
        (path.strip_prefix(top).expect("below the top").to_owned(), text)
    };
    paths.into_iter().map(named).collect()
}
