//! Where sentences and questions come from: files of a folder, in plain text and in the line protocol of `onrecord rank`.

use std::collections::HashMap;
use std::fs::{self, File};
use std::io::{self, BufRead, BufReader, Read};
use std::path::{Path, PathBuf};

use flate2::read::MultiGzDecoder;
use serde::Deserialize;
use serde::de::DeserializeOwned;

/// Sentences with questions about some of them, and sentences to hide them among.
#[derive(Clone, Debug, Default)]
pub struct Source {
    /// Sentences that questions are about, or that stood beside such.
    pub sentences: Vec<String>,
    /// Questions with the sentences that answer them.
    pub questions: Vec<Known>,
    /// Sentences no question is about.
    pub distractors: Vec<String>,
}

/// A question whose answer is known.
#[derive(Clone, Debug)]
pub struct Known {
    /// As it is asked.
    pub text: String,
    /// Places in `Source::sentences`, any of which answers it.
    pub gold: Vec<usize>,
}

/// A file or folder that cannot be used.
#[derive(Debug)]
pub struct DataError {
    path: PathBuf,
    why: String,
}

impl std::fmt::Display for DataError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}: {}", self.path.display(), self.why)
    }
}

impl std::error::Error for DataError {}

#[derive(Deserialize)]
struct Task {
    base: Vec<Line>,
    queries: Vec<Query>,
}

#[derive(Deserialize)]
struct Line {
    id: String,
    text: String,
}

#[derive(Deserialize)]
struct Query {
    id: String,
    q: String,
}

#[derive(Deserialize)]
struct Gold {
    id: String,
    gold: Vec<String>,
}

impl Source {
    /// Reads all `*.txt` (a sentence a line) and all `NAME.jsonl` beside a `NAME.gold.jsonl`, plain or with `.gz`.
    pub fn read(folders: &[PathBuf]) -> Result<Self, DataError> {
        let mut source = Self::default();
        for folder in folders {
            for path in files(folder)? {
                let name = path.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
                let stem = name.strip_suffix(".gz").unwrap_or(&name);
                if stem.ends_with(".txt") {
                    source.add_sentences(&path)?;
                } else if let Some(task) = stem.strip_suffix(".jsonl").filter(|s| !s.ends_with(".gold")) {
                    source.add_task(&path, &folder.join(format!("{task}.gold.jsonl")))?;
                }
            }
        }
        if source.questions.is_empty() {
            let path = folders.first().cloned().unwrap_or_default();
            return Err(DataError { path, why: "no questions here: NAME.jsonl with NAME.gold.jsonl (or .gz)".into() });
        }
        Ok(source)
    }

    fn add_sentences(&mut self, path: &Path) -> Result<(), DataError> {
        for line in lines(path)? {
            let line = line.map_err(at(path))?;
            if !line.trim().is_empty() {
                self.distractors.push(line.trim().to_owned());
            }
        }
        Ok(())
    }

    fn add_task(&mut self, path: &Path, gold: &Path) -> Result<(), DataError> {
        let zipped = gold.with_extension("jsonl.gz");
        let gold = if gold.exists() { gold } else { zipped.as_path() };
        if !gold.exists() {
            return Ok(());
        }
        let answers: HashMap<String, Vec<String>> =
            records::<Gold>(gold)?.into_iter().map(|g| (g.id, g.gold)).collect();
        for task in records::<Task>(path)? {
            let first = self.sentences.len();
            let places: HashMap<&str, usize> =
                task.base.iter().enumerate().map(|(n, l)| (l.id.as_str(), first + n)).collect();
            for query in task.queries {
                let gold = answers.get(&query.id).map_or(&[][..], Vec::as_slice);
                let gold: Vec<usize> = gold.iter().filter_map(|id| places.get(id.as_str()).copied()).collect();
                // Those without are there to be refused, which a race over positions cannot judge.
                if !gold.is_empty() {
                    self.questions.push(Known { text: query.q, gold });
                }
            }
            self.sentences.extend(task.base.into_iter().map(|l| l.text));
        }
        Ok(())
    }
}

fn at(path: &Path) -> impl Fn(io::Error) -> DataError {
    let path = path.to_owned();
    move |e| DataError { path: path.clone(), why: e.to_string() }
}

/// The files of a folder by name, so that the order is everywhere the same.
fn files(folder: &Path) -> Result<Vec<PathBuf>, DataError> {
    let mut out = Vec::new();
    for entry in fs::read_dir(folder).map_err(at(folder))? {
        out.push(entry.map_err(at(folder))?.path());
    }
    out.sort();
    Ok(out)
}

fn lines(path: &Path) -> Result<io::Lines<BufReader<Box<dyn Read>>>, DataError> {
    let file = File::open(path).map_err(at(path))?;
    let zipped = path.extension().is_some_and(|e| e == "gz");
    let reader: Box<dyn Read> = if zipped { Box::new(MultiGzDecoder::new(file)) } else { Box::new(file) };
    Ok(BufReader::new(reader).lines())
}

fn records<T: DeserializeOwned>(path: &Path) -> Result<Vec<T>, DataError> {
    let mut out = Vec::new();
    for (n, line) in lines(path)?.enumerate() {
        let line = line.map_err(at(path))?;
        let bad = |e| DataError { path: path.to_owned(), why: format!("line {}: {e}", n + 1) };
        out.push(serde_json::from_str(&line).map_err(bad)?);
    }
    Ok(out)
}
