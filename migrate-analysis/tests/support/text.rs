//! Files as a text: several in one.
//!
//! ```text
//! == migrate.toml ==
//! databases = ["sqlite"]
//! == migrations/20251110_1230_create_tasks.sql ==
//! -- create tasks
//! ```
//!
//! A name may be followed by how the file lies on the disk: `(latin-1)`, `(crlf)`, `(bom)`, `(socket)`, `(17 MiB)`,
//! `-> target` for a link. A name that ends in `/` is an empty directory.

use std::{fs, path::Path};

/// The parts of a text: what stands between `==` and `==`, and the lines below it.
pub(crate) fn split(text: &str) -> Vec<(&str, String)> {
    let mut parts: Vec<(&str, String)> = Vec::new();
    for line in text.split_inclusive('\n') {
        let head = line.trim_end().strip_prefix("== ").and_then(|rest| rest.strip_suffix(" =="));
        match (head, parts.last_mut()) {
            (Some(head), _) => parts.push((head, String::new())),
            (None, Some((_, content))) => content.push_str(line),
            (None, None) => assert!(line.trim().is_empty(), "a text begins with `== name ==`: {line}"),
        }
    }
    parts
}

/// Writes a part to a disk.
pub(crate) fn write(folder: &Path, head: &str, content: &str) {
    let (name, how) = head.split_once(' ').unwrap_or((head, ""));
    let path = folder.join(name);
    if name.ends_with('/') {
        return fs::create_dir_all(path).unwrap();
    }
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    if let Some(target) = how.strip_prefix("-> ") {
        return std::os::unix::fs::symlink(target, path).unwrap();
    }
    let bytes = match how {
        "" => content.as_bytes().to_vec(),
        "(latin-1)" => content.chars().map(|character| u8::try_from(u32::from(character)).unwrap()).collect(),
        "(crlf)" => content.replace('\n', "\r\n").into_bytes(),
        "(bom)" => format!("\u{feff}{content}").into_bytes(),
        "(17 MiB)" => content.bytes().chain(std::iter::repeat_n(b'\n', 17 * 1024 * 1024)).collect(),
        "(socket)" => {
            std::os::unix::net::UnixListener::bind(path).unwrap();
            return;
        }
        other => panic!("no file lies on the disk like this: {other}"),
    };
    fs::write(path, bytes).unwrap();
}
