//! Story files from a folder: the only place of this room that touches the file system.
//!
//! Each file stands for itself: a faulty one is left out with all its problems told, and the others load. On a reload a
//! file whose text has not changed is not read anew.

use std::collections::BTreeSet;
use std::fs;
use std::hash::{DefaultHasher, Hasher};
use std::io;
use std::path::Path;

use thiserror::Error;
use time::Date;

use super::diagnostic::{Diagnostic, Position, Severity, Sink};
use super::model::Story;
use super::{checks, limits, resolve, tables};
use crate::text::Language;

/// What a knowledge folder held.
#[derive(Debug, Default)]
pub struct Loaded {
    /// Sorted by id, so that the order of files changes no answer.
    pub stories: Vec<Story>,
    /// Sorted by file and place.
    pub diagnostics: Vec<Diagnostic>,
}

impl Loaded {
    /// The problems that are errors.
    pub fn errors(&self) -> impl Iterator<Item = &Diagnostic> {
        self.diagnostics.iter().filter(|d| d.severity == Severity::Error)
    }

    /// How many files are left out for their errors.
    pub fn left_out(&self) -> usize {
        self.errors().map(|d| &d.file).collect::<BTreeSet<_>>().len()
    }
}

/// The knowledge folder cannot be read.
#[derive(Debug, Error)]
#[error("cannot read the knowledge folder {folder}: {source}; give another with --knowledge DIR")]
pub struct NoFolder {
    folder: String,
    source: io::Error,
}

/// Loads every `*.toml` of `folder` (not of folders below it; hidden files are an editor's own business).
/// `today` decides which `review_by` dates are past.
///
/// # Errors
/// When the folder itself cannot be listed; a problem with a file is a diagnostic.
pub fn load_folder(folder: &Path, today: Date) -> Result<Loaded, NoFolder> {
    reload_folder(folder, today, &[])
}

/// The same after a change: a story of `before` whose file has the same text stays as it is, and what was warned of it is not
/// told again. Parsing and checking take some 20 ms a thousand facts; a change is mostly in one file of many.
///
/// # Errors
/// As [`load_folder`].
pub fn reload_folder(folder: &Path, today: Date, before: &[Story]) -> Result<Loaded, NoFolder> {
    let no_folder = |source| NoFolder { folder: folder.display().to_string(), source };
    let mut names = Vec::new();
    for entry in fs::read_dir(folder).map_err(no_folder)? {
        let name = entry.map_err(no_folder)?.file_name();
        let text = name.to_string_lossy();
        if text.ends_with(".toml") && !text.starts_with('.') {
            names.push(name);
        }
    }
    names.sort();

    let mut loaded = Loaded::default();
    for name in names {
        let path = folder.join(&name);
        // A line break in a name would break the line of a diagnostic.
        let shown: String = path.display().to_string().chars().map(|c| if c.is_control() { '?' } else { c }).collect();
        match read_file(&path) {
            Ok(text) => {
                let is_same = |story: &&Story| story.file == shown && story.fingerprint == fingerprint(&text);
                let (story, found) = match before.iter().find(is_same) {
                    Some(story) => (Some(story.clone()), Vec::new()),
                    None => load_text(&shown, &text, today),
                };
                loaded.diagnostics.extend(found);
                loaded.stories.extend(story);
            }
            Err((at, message)) => {
                loaded.diagnostics.push(Diagnostic { file: shown, at, severity: Severity::Error, message });
            }
        }
    }
    drop_doubles(&mut loaded);
    loaded.stories.sort_by(|a, b| a.id.cmp(&b.id));
    loaded.diagnostics.sort();
    Ok(loaded)
}

/// Reads one story from its text. `file` names it in diagnostics, and its stem should be the story's id.
pub fn load_text(file: &str, text: &str, today: Date) -> (Option<Story>, Vec<Diagnostic>) {
    let fingerprint = fingerprint(text);
    let text = text.strip_prefix('\u{FEFF}').unwrap_or(text);
    let mut sink = Sink::new(file, text);
    if text.trim().is_empty() {
        sink.error(0..0, "the file is empty; a story file starts with [story], an id and a title");
        return (None, sink.found);
    }
    let raw = tables::read(text, &mut sink);
    let tag = raw.story.as_ref().and_then(|s| s.language.as_ref());
    let language = tag.and_then(|t| Language::from_tag(t.get_ref())).unwrap_or_default();
    let stem = Path::new(file).file_stem().map_or_else(String::new, |s| s.to_string_lossy().into_owned());
    checks::run(&raw, &checks::Context { stem: &stem, today, language: &language }, &mut sink);
    let story = resolve::story(raw, (file, fingerprint), language, &mut sink).filter(|_| !sink.has_errors());
    sink.found.sort();
    (story, sink.found)
}

/// 64 bits of SipHash: that an edit leaves them as they were is likelier to be a broken disk.
fn fingerprint(text: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    hasher.write(text.as_bytes());
    hasher.finish()
}

fn read_file(path: &Path) -> Result<String, (Position, String)> {
    let start = Position { line: 1, column: 1 };
    let cannot = |e: io::Error| (start, format!("cannot read the file: {e}"));
    let meta = fs::metadata(path).map_err(cannot)?;
    if meta.is_dir() {
        return Err((start, "this is a folder, not a story file; rename it without .toml or move it away".to_owned()));
    }
    if !meta.is_file() {
        return Err((start, "this is no ordinary file; put a text file there".to_owned()));
    }
    if meta.len() > limits::FILE_BYTES {
        let most = limits::FILE_BYTES / 1024 / 1024;
        return Err((start, format!("the file is larger than {most} MB; split the story")));
    }
    String::from_utf8(fs::read(path).map_err(cannot)?).map_err(|e| {
        let good = e.utf8_error().valid_up_to();
        let before = String::from_utf8_lossy(e.as_bytes().get(..good).unwrap_or_default()).into_owned();
        let column = before.rsplit('\n').next().map_or(0, |line| line.chars().count()) + 1;
        let at = Position { line: before.matches('\n').count() + 1, column };
        (at, "the file is not UTF-8 text; save it again with the encoding UTF-8".to_owned())
    })
}

/// Of two stories with one id that whose file is named after it stays, else the one whose file sorts first.
fn drop_doubles(loaded: &mut Loaded) {
    let is_own = |story: &Story| Path::new(&story.file).file_stem().is_some_and(|stem| stem == story.id.as_str());
    let (own, copies): (Vec<Story>, Vec<Story>) = std::mem::take(&mut loaded.stories).into_iter().partition(is_own);
    let mut kept: Vec<Story> = Vec::new();
    for story in own.into_iter().chain(copies) {
        let Some(first) = kept.iter().find(|s| s.id == story.id) else {
            kept.push(story);
            continue;
        };
        loaded.diagnostics.push(Diagnostic {
            file: story.file,
            at: Position { line: 1, column: 1 },
            severity: Severity::Error,
            message: format!("the story id `{}` is taken by {}; give this one another", story.id, first.file),
        });
    }
    loaded.stories = kept;
}
